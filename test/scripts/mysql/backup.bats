#!/usr/bin/env bats
# shellcheck disable=SC2016,SC2030,SC2031 # each test is a subshell, that is meant
# What MySQL's backups do otherwise than MariaDB's, whose tests have a real server: the tools here are stubs, and the dump is one
# that the real mysqldump 9.7.4 made.

bats_require_minimum_version 1.5.0

setup() {
  load common
  mkdir -p "$BATS_TEST_TMPDIR"/{bin,scratch,memory,answers}
  export PATH="$BATS_TEST_TMPDIR/bin:$PATH" WORK=$BATS_TEST_TMPDIR/scratch RUN_DIR=$BATS_TEST_TMPDIR/memory ENGINE=mysql METHOD=dump DATABASE=orders \
    ACCEPT_EMPTY=false DB_HOST=orders DB_PORT=3306 DB_USER='a"b' DB_NAME=app PASSWORD_FILE=$BATS_TEST_TMPDIR/secret TLS=false
  export DUMP_FILE=$BATS_TEST_DIRNAME/dumps/mysql-9.7.sql
  echo id-1 >"$WORK/id"
  printf '%s' "p'a\"s\\s#w;ö  r\$d " >"$PASSWORD_FILE"
  stub mysql 'statements=$(cat); [ ! -e "$BATS_TEST_TMPDIR/down" ] || exit 1' 'case $statements in' \
    '*"VERSION()"*) cat "$BATS_TEST_TMPDIR/answers/version" ;;' '*Ssl_cipher*) cat "$BATS_TEST_TMPDIR/answers/cipher" ;;' \
    '*"REPLICATION CLIENT"*) cat "$BATS_TEST_TMPDIR/answers/position" ;;' '*"HEX(schema_name)"*) echo 617070; echo 2D0A6122 ;;' \
    '*"HEX(CONCAT(table_schema"*) cat "$BATS_TEST_TMPDIR/answers/tables" ;;' 'esac'
  stub mysqldump 'if [ "$1" = --version ]; then echo "mysqldump  Ver ${STUB_SERIES:-9.7}.2 for Linux on x86_64 (MySQL Community Server - GPL)"; exit; fi' \
    'printf "<%s>" "$@" >"$BATS_TEST_TMPDIR/arguments"; cp "${1#*=}" "$BATS_TEST_TMPDIR/options"' \
    'for word in "$@"; do case $word in --result-file=*) cp "$DUMP_FILE" "${word#*=}" ;; esac; done' 'exit "${STUB_STATUS:-0}"'
  echo 9.7.4 >"$BATS_TEST_TMPDIR/answers/version"
  echo 0 >"$BATS_TEST_TMPDIR/answers/position"
  printf 'Ssl_cipher\t%s\n' TLS_AES_128_GCM_SHA256 >"$BATS_TEST_TMPDIR/answers/cipher"
  printf '%s\t\n' 6170702E7431 6170702E6C656572 >"$BATS_TEST_TMPDIR/answers/tables"
}

stub() { # name, lines
  printf '%s\n' '#!/usr/bin/env bash' "${@:2}" >"$BATS_TEST_TMPDIR/bin/$1"
  chmod 755 "$BATS_TEST_TMPDIR/bin/$1"
}

backup() { run timeout 60 "$SCRIPTS/backup.sh"; }

failed() {
  echo "$output"
  [ "$status" -ne 0 ]
  [[ "$output" == *"FAILED: "*"$1"* ]]
  [ ! -e "$WORK/manifest.json" ]
}

counting() { LC_ALL=C awk -f "$SCRIPTS/counts.awk" of=dump position="$BATS_TEST_TMPDIR/position" definers="$BATS_TEST_TMPDIR/definers" "$1"; }

@test "a dump of the real tool is counted, whatever its texts and names hold" {
  backup
  echo "$output"
  [ "$status" -eq 0 ]
  grep -qxF '  "counts": { "app.-dash": 1, "app.a`b\"c'"'"'d ö\\\\": 2, "app.child": 2, "app.leer": 0, "app.new\u000aline": 3, "app.parent": 2, "app.part": 5, "app.t1": 12 }' \
    "$WORK/manifest.json"
  grep -qxF '  "objects": 8,' "$WORK/manifest.json"
  grep -qxF '  "server": "9.7.4",' "$WORK/manifest.json"
  grep -qxF '  "position": "",' "$WORK/manifest.json"
  [ "$(<"$WORK/data/definers.txt")" = '`app`@`%`' ]
}

@test "all awks count the same" {
  local program
  for program in mawk busybox gawk; do
    if ! command -v "$program" >/dev/null; then continue; fi
    rm -f "$BATS_TEST_TMPDIR/bin/awk"
    if [ "$program" = busybox ]; then program='busybox awk'; fi
    stub awk "exec $program \"\$@\""
    [ "$(counting "$DUMP_FILE" | sort | head -n 1)" = '"app.-dash": 1' ]
    [ "$(counting "$DUMP_FILE" | grep -c ': ')" -eq 8 ]
  done
}

@test "databases come as arguments whose names are no options, and the secret is only in the file" {
  backup
  [ "$status" -eq 0 ]
  [[ "$(<"$BATS_TEST_TMPDIR/arguments")" == "<--defaults-file=$RUN_DIR/client.cnf><--single-transaction>"*"<--databases><--><app><-"$'\n'"a\">" ]]
  grep -qxF 'password = "p'"'"'a\"s\\s#w;ö  r$d "' "$BATS_TEST_TMPDIR/options"
  grep -qxF 'user = "a\"b"' "$BATS_TEST_TMPDIR/options"
  [ "$(stat -c %a "$RUN_DIR/client.cnf")" = 600 ]
  run ! grep -rqF 's#w' "$WORK" "$BATS_TEST_TMPDIR/arguments"
}

@test "a connection is encrypted where it has to be, or the backup fails" {
  TLS=true backup
  [ "$status" -eq 0 ]
  grep -qxF 'ssl-mode = REQUIRED' "$BATS_TEST_TMPDIR/options"
  rm "$WORK/manifest.json"
  printf 'Ssl_cipher\t\n' >"$BATS_TEST_TMPDIR/answers/cipher"
  TLS=true backup
  failed "did not encrypt the connection"
  backup
  [ "$status" -eq 0 ]
  grep -qxF 'ssl-mode = PREFERRED' "$BATS_TEST_TMPDIR/options"
}

@test "the position is asked for by a role that may, and nobody else takes a global lock" {
  backup
  grep -qxF 'set-gtid-purged = OFF' "$BATS_TEST_TMPDIR/options"
  run ! grep -q source-data "$BATS_TEST_TMPDIR/options"
  echo 1 >"$BATS_TEST_TMPDIR/answers/position"
  export DUMP_FILE=$BATS_TEST_TMPDIR/with-position
  sed '20a\
/* SET @@GLOBAL.GTID_PURGED=/*!80000 '"'+'"'*/ '"'"'c2b5abce-e5d4-11f1-ba04-02fc00000001:1-34,\
d2b5abce-e5d4-11f1-ba04-02fc00000001:1-2:5'"'"';*/\
-- CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='"'"'binlog.000001'"'"', SOURCE_LOG_POS=10083;' "$BATS_TEST_DIRNAME/dumps/mysql-9.7.sql" >"$DUMP_FILE"
  backup
  echo "$output"
  [ "$status" -eq 0 ]
  grep -qxF 'source-data = 2' "$BATS_TEST_TMPDIR/options"
  grep -qxF 'loose-init-command = "SET SESSION lock_wait_timeout = 60"' "$BATS_TEST_TMPDIR/options"
  grep -qxF '  "position": "GTID c2b5abce-e5d4-11f1-ba04-02fc00000001:1-34,d2b5abce-e5d4-11f1-ba04-02fc00000001:1-2:5 binlog.000001:10083",' "$WORK/manifest.json"
}

@test "tools of another series, a server of the other product, and one that does not answer are refused" {
  STUB_SERIES=8.4 backup
  failed "mysqldump is of series 8.4, the server of version 9.7.4"
  echo 11.8.6-MariaDB-log >"$BATS_TEST_TMPDIR/answers/version"
  backup
  failed "the server is of version 11.8.6-MariaDB-log, which is not MySQL"
  touch "$BATS_TEST_TMPDIR/down"
  backup
  failed "the server at orders:3306 cannot be asked as a\"b"
}

@test "a tool that fails, and a table that is not in the dump, fail the backup" {
  STUB_STATUS=3 backup
  failed "mysqldump ended with 3"
  printf '%s\t\n' 6170702E7431 6170702E6E6F6E65 >"$BATS_TEST_TMPDIR/answers/tables"
  backup
  failed 'tables were dropped or renamed while the dump was made, and are not in it: "app.none"'
}

@test "a dump that is cut off at any line, or in the middle of one, is found out" {
  local all at rounds=0 cut=$BATS_TEST_TMPDIR/cut
  all=$(wc -l <"$DUMP_FILE")
  counting "$DUMP_FILE" >/dev/null
  for ((at = 1; at < all; at += 3)); do
    head -n "$at" "$DUMP_FILE" >"$cut"
    run ! counting "$cut"
    rounds=$((rounds + 1))
  done
  [ "$rounds" -gt 100 ]
  head -c $(($(stat -c %s "$DUMP_FILE") / 2)) "$DUMP_FILE" >"$cut"
  run ! counting "$cut"
  export DUMP_FILE=$cut
  backup
  failed "databases.sql cannot be read back"
}

@test "a dump with a hole is found out" {
  local hole=$BATS_TEST_TMPDIR/hole
  cp "$DUMP_FILE" "$hole"
  dd if=/dev/zero of="$hole" bs=1 seek=1500 count=40 conv=notrunc status=none
  export DUMP_FILE=$hole
  backup
  failed ""
  [[ "$output" == *"databases.sql has holes"* || "$output" == *"cannot be read back"* ]]
}

@test "a password of more than one line is refused" {
  printf 'one\ntwo' >"$PASSWORD_FILE"
  backup
  failed "the password has more than one line"
}
