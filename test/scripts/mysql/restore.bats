#!/usr/bin/env bats
# shellcheck disable=SC2016,SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs begins with a backup: every refusal, and every point where it can be broken off. MariaDB's tests have
# a real server.

bats_require_minimum_version 1.5.0

setup() {
  load common
  start_environment 9.7
  export PATH="$STUBS:$PATH" RESTORE=true CONFIG_DIR=$BATS_TEST_TMPDIR/config
  unset STUB_VERSION TLS_DIR
  mkdir -p "$CONFIG_DIR"
  printf '%s\n' '[mysqld]' 'innodb_buffer_pool_size = 512M' 'innodb_redo_log_capacity = 1024M' 'innodb_log_buffer_size = 16M' 'innodb_ft_min_token_size = 2' >"$CONFIG_DIR/my.cnf"
  put_backup
}

put_backup() {
  rm -rf "$VOLUME_DIR/.restore" "$VOLUME_DIR/.restored.json"
  mkdir -p "$VOLUME_DIR/.restore/ready/data"
  printf '{\n  "format": 1,\n  "id": "id-1",\n  "engine": "%s",\n  "server": "%s",\n  "started": "then",\n}\n' "${1:-mysql}" "${2-9.7.1}" >"$VOLUME_DIR/.restore/ready/manifest.json"
  printf 'THE DATA;\n' >"$VOLUME_DIR/.restore/ready/data/databases.sql"
  printf '%s\n' '`app`@`%`' '`bad` OR' '`x`@`y`; DROP' >"$VOLUME_DIR/.restore/ready/data/definers.txt"
}

declined() {
  echo "$output"
  refused "$1"
  [ ! -e "$DATA_DIR" ]
}

@test "the dump is loaded before the data appear, by a server that nobody else reaches" {
  start
  echo "$output"
  served
  grep -qxF 'THE DATA;' "$BATS_TEST_TMPDIR/statements"
  grep -q -- --skip-networking "$BATS_TEST_TMPDIR/private"
  grep -q -- '--event-scheduler=OFF' "$BATS_TEST_TMPDIR/private"
  grep -q -- '--innodb-buffer-pool-size=64M .*--innodb_buffer_pool_size=512M --innodb_redo_log_capacity=1024M --innodb_ft_min_token_size=2 --innodb-flush' "$BATS_TEST_TMPDIR/private"
  grep -q -- '--binary-mode' "$BATS_TEST_TMPDIR/arguments"
  [ ! -e "$VOLUME_DIR/.restore" ]
  [[ "$output" == *"this database was restored from backup id-1 of then"* ]]
}

@test "the accounts of views are there while it is loaded, locked, and gone afterwards; nothing else is taken for an account" {
  start
  served
  [ "$(grep -nxE 'THE DATA;|(CREATE|DROP) USER `app`.*|GRANT ALL.*' "$BATS_TEST_TMPDIR/statements" | cut -d: -f2-)" = \
    $'CREATE USER `app`@`%` ACCOUNT LOCK;\nGRANT ALL ON *.* TO `app`@`%`;\nTHE DATA;\nDROP USER `app`@`%`;' ]
  run ! grep -E 'bad|`x`' "$BATS_TEST_TMPDIR/statements"
}

@test "a second start loads nothing, and says where the database is from" {
  start
  : >"$BATS_TEST_TMPDIR/statements"
  start
  served
  [ ! -s "$BATS_TEST_TMPDIR/statements" ]
  [[ "$output" == *"this database was restored from backup id-1 of then"* ]]
}

@test "a backup of MariaDB, of a newer series, or without a version is refused; one of an older series is loaded" {
  put_backup mariadb 10.11.2
  start
  declined 'the backup is one of "mariadb", this is mysql'
  put_backup mysql 9.8.0
  start
  declined "the backup comes from version 9.8.0, this is 9.7"
  put_backup mysql ''
  start
  declined "the backup does not say which version it comes from"
  put_backup mysql 8.4.11
  start
  served
}

@test "no empty database is started in the place of a backup" {
  RESTORE=false start
  declined "a backup lies in"
  rm -r "$VOLUME_DIR/.restore"
  start
  declined "a backup was declared as the data source, and none lies in"
  put_backup
  rm "$VOLUME_DIR/.restore/ready/data/databases.sql"
  start
  declined "the backup holds no dump"
}

@test "a dump that cannot be loaded leaves no database, and stays" {
  echo 'ERROR 1064 (42000) at line 1' >"$BATS_TEST_TMPDIR/error.THE DATA"
  start
  declined "databases.sql cannot be loaded; the reason is above"
  [ -e "$VOLUME_DIR/.restore/ready/data/databases.sql" ]
  rm "$BATS_TEST_TMPDIR/error.THE DATA"
  sleep 0.3
  start
  served
}

@test "a restore broken off at any point is made again or completed" {
  local program
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK/bin"
  for program in mkdir rm mv cp sync chmod id sed; do ln -s "$STUBS/break-off" "$BREAK/bin/$program"; done
  for ((point = 1; ; point++)); do
    rm -rf "${VOLUME_DIR:?}"/* "$BREAK/hit" "$PRIVATE_SOCKET"
    put_backup
    : >"$BATS_TEST_TMPDIR/statements"
    echo 0 >"$BREAK/count"
    echo "$point" >"$BREAK/point"
    PATH=$BREAK/bin:$PATH start
    if [ ! -e "$BREAK/hit" ]; then
      served
      break
    fi
    echo "point $point: $(cat "$BREAK/hit")"
    [[ "$output" != *"SERVER --"* ]]
    sleep 0.3 # a private server without its parent ends
    start
    echo "$output"
    served
    grep -qxF 'THE DATA;' "$BATS_TEST_TMPDIR/statements"
    [ -e "$VOLUME_DIR/.restored.json" ] && [ ! -e "$VOLUME_DIR/.restore" ]
    ! compgen -G "$DATA_DIR.initializing*"
  done
  echo "$point points"
  [ "$point" -gt 20 ]
}

@test "SIGTERM while it is loaded ends the start at once" {
  local pid code=0
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/bash\ncase "$*" in *--binary-mode*) touch "$BATS_TEST_TMPDIR/loading"; exec sleep 30 ;; esac\nexec "%s/mysql" "$@"\n' "$STUBS" >"$BATS_TEST_TMPDIR/bin/mysql"
  chmod 755 "$BATS_TEST_TMPDIR/bin/mysql"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- &
  pid=$!
  eventually 10 test -e "$BATS_TEST_TMPDIR/loading"
  kill -s TERM "$pid"
  eventually 2 gone "$pid"
  wait "$pid" || code=$?
  [ "$code" -eq 143 ]
  [ ! -e "$DATA_DIR" ]
  [ -e "$VOLUME_DIR/.restore/ready/manifest.json" ]
}
