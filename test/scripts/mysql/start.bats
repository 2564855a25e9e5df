#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: every branch, every refusal, and every point where an initialisation can be broken off.

bats_require_minimum_version 1.5.0

setup() {
  load common
  start_environment 9.7
  export PATH="$STUBS:$PATH"
  unset STUB_VERSION TLS_DIR
}

# Data as a finished initialisation leaves them; $1 is the path, $2 the version.
make_data() {
  mkdir -p "$1"
  touch "$1/ibdata1" "$1/mysql.ibd"
  printf '{"upgrade_history":[{"version":"8.0.40"},{"date":"x","version":"%s","maturity":"LTS"}]}' "$2" >"$1/mysql_upgrade_history"
  echo complete >"$1/complete"
}

@test "an empty volume is initialised, and the server becomes this process with the lock" {
  start
  served
  [[ "$output" == *"lock: held"* ]]
  [ "$(stat -c %a "$DATA_DIR")" = 700 ]
  [ "$(wc -l <"$BATS_TEST_TMPDIR/initializations")" -eq 1 ]
  run ! compgen -G "$DATA_DIR.initializing*"
}

@test "the superuser is bound to the pod's own user before the data appear, and no account gets a password" {
  start
  served
  grep -qxF "ALTER USER 'root'@'localhost' IDENTIFIED WITH auth_socket AS '$(id -un)';" "$BATS_TEST_TMPDIR/statements"
  grep -qxF "CREATE USER IF NOT EXISTS 'readiness'@'127.0.0.1' ACCOUNT LOCK;" "$BATS_TEST_TMPDIR/statements"
  run ! grep -q 'IDENTIFIED.* BY ' "$BATS_TEST_TMPDIR/statements"
  grep -q -- --skip-networking "$BATS_TEST_TMPDIR/private"
}

@test "a second start keeps the data, does not initialise, and empties the temporary folder" {
  start
  touch "$TMP_DIR/left"
  start
  served
  [[ "$output" == *"temporary: ."* ]]
  [ "$(wc -l <"$BATS_TEST_TMPDIR/initializations")" -eq 1 ]
}

@test "a certificate is the server's, where there is one" {
  start
  [[ "$output" != *--ssl* ]]
  TLS_DIR=/opt/stateful/tls start
  served
  [[ "$output" == *"my.cnf --ssl-cert /opt/stateful/tls/tls.crt --ssl-key /opt/stateful/tls/tls.key"* ]]
}

@test "the sockets of a killed server, and their locks, do not hold up the next one" {
  touch "$SOCKET" "$SOCKET.lock" "$PRIVATE_SOCKET.lock"
  start
  served
  [ ! -e "$SOCKET" ] && [ ! -e "$SOCKET.lock" ] && [ ! -e "$PRIVATE_SOCKET.lock" ]
}

@test "without flock the server is started all the same, since it locks its own files" {
  local program
  mkdir "$BATS_TEST_TMPDIR/bin"
  for program in bash id mkdir rm mv chmod stat sleep cat ls touch timeout dirname; do ln -s "$(command -v "$program")" "$BATS_TEST_TMPDIR/bin/$program"; done
  PATH=$STUBS:$BATS_TEST_TMPDIR/bin start
  served
}

@test "an image of another series, or of the other product, is refused" {
  STUB_VERSION='/usr/sbin/mysqld  Ver 8.4.11 for Linux on x86_64 (MySQL Community Server - GPL)' start
  refused "declared is MySQL 9.7"
  STUB_VERSION='mysqld  Ver 9.7.1-MariaDB-ubu2404 for debian-linux-gnu on x86_64' start
  refused "declared is MySQL 9.7"
  [ ! -e "$DATA_DIR" ]
}

@test "data of a newer series are refused, and those of an older one are the server's to upgrade" {
  make_data "$DATA_DIR" 10.1.0
  start
  refused "holds data of MySQL 10.1.0, this is 9.7.2"
  rm -r "$DATA_DIR"
  make_data "$DATA_DIR" 8.4.11
  start
  served
  [[ "$output" == *"the data are of version 8.4.11, the program is of version 9.7.2"* ]]
}

@test "data of MariaDB are refused" {
  mkdir -p "$DATA_DIR"
  touch "$DATA_DIR/ibdata1" "$DATA_DIR/aria_log_control"
  start
  refused "are not MySQL's"
}

@test "data at the root of the volume, or at another path, are refused" {
  make_data "$VOLUME_DIR" 9.7.2
  start
  refused "data found in $VOLUME_DIR;"
  rm "$VOLUME_DIR/ibdata1"
  make_data "$VOLUME_DIR/one/mysql" 9.7.2
  start
  refused "data found in $VOLUME_DIR/one/mysql;"
  [ ! -e "$DATA_DIR" ]
}

@test "a folder of lost files is no data" {
  mkdir "$VOLUME_DIR/lost+found"
  start
  served
}

@test "a data directory without ibdata1 that is not empty is refused" {
  mkdir -p "$DATA_DIR"
  touch "$DATA_DIR/something"
  start
  refused "is not empty and has no ibdata1"
  [ -e "$DATA_DIR/something" ]
}

@test "an empty volume is refused when data were declared, and data satisfy the declaration" {
  DATA_MUST_EXIST=true start
  refused "existing data was declared"
  [ ! -e "$DATA_DIR" ]
  make_data "$DATA_DIR" 9.7.2
  DATA_MUST_EXIST=true start
  served
}

@test "a data directory of another owner is refused with both numbers" {
  make_data "$DATA_DIR" 9.7.2
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/chmod"
  chmod 755 "$BATS_TEST_TMPDIR/bin/chmod"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH start
  refused "belongs to uid $(id -u), this container runs as uid $(id -u)"
}

@test "a private server that ends is refused, and the next start makes a database" {
  touch "$BATS_TEST_TMPDIR/private.error"
  start
  refused "the private server did not answer"
  [ ! -e "$DATA_DIR" ]
  rm "$BATS_TEST_TMPDIR/private.error"
  start
  served
}

@test "names of time zones are loaded, and are no reason not to serve" {
  start
  served
  grep -qF 'INSERT ZONES FROM /usr/share/zoneinfo;' "$BATS_TEST_TMPDIR/statements"
  rm -r "${VOLUME_DIR:?}"
  mkdir "$VOLUME_DIR"
  touch "$BATS_TEST_TMPDIR/zones.error"
  start
  served
  [[ "$output" == *"WARNING: the names of time zones"* ]]
}

@test "an initialisation broken off at any point is made again or completed" {
  local program
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK/bin"
  for program in mkdir rm mv sync chmod id; do ln -s "$STUBS/break-off" "$BREAK/bin/$program"; done
  for ((point = 1; ; point++)); do
    rm -rf "${VOLUME_DIR:?}"/* "$BREAK/hit" "$PRIVATE_SOCKET"
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
    ! compgen -G "$DATA_DIR.initializing*"
  done
  echo "$point points"
  [ "$point" -gt 12 ]
}

@test "SIGTERM while the private server runs ends both at once" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\nexec sleep 30\n' >"$BATS_TEST_TMPDIR/bin/mysql_tzinfo_to_sql"
  printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/mysql"
  chmod 755 "$BATS_TEST_TMPDIR"/bin/*
  PATH=$BATS_TEST_TMPDIR/bin:$PATH "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- &
  local pid=$! code=0
  eventually 5 test -e "$PRIVATE_SOCKET"
  kill -s TERM "$pid"
  eventually 3 gone "$pid"
  wait "$pid" || code=$?
  [ "$code" -eq 143 ]
  [ ! -e "$DATA_DIR" ]
}

@test "each input is demanded with its meaning" {
  local name
  for name in ENGINE RESTORE DATA_DIR VOLUME_DIR CONFIG_DIR DB_SERIES DATA_MUST_EXIST TMP_DIR SOCKET PRIVATE_SOCKET; do
    run env -u "$name" "$SCRIPTS/start.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
