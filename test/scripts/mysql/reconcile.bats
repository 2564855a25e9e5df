#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# The loop of reconcile.sh on a stub client: what is done, when it is done again, and that no password shows anywhere.

bats_require_minimum_version 1.5.0

setup() {
  load common
  export PATH="$STUBS:$PATH" RECONCILE_INTERVAL=0.1 CONFIG_DIR=$BATS_TEST_TMPDIR/config CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials
  export SOCKET=$BATS_TEST_TMPDIR/mysqld.sock READY_MARK=$BATS_TEST_TMPDIR/mark TLS_DIR=
  LOG=$BATS_TEST_TMPDIR/log
  DONE=$BATS_TEST_TMPDIR/statements
  mkdir "$CONFIG_DIR" "$CREDENTIALS_DIR"
  touch "$SOCKET"
  printf 'user app password 0\nuser report report-password 5\ndatabase my_app\ngrant app my_app ALL\ngrant report my_app SELECT,SHOW_VIEW\n' >"$CONFIG_DIR/declared"
  printf 'canary-1\n' >"$CREDENTIALS_DIR/password"
  printf 'canary-2' >"$CREDENTIALS_DIR/report-password"
  WORKER=''
}

teardown() {
  if [ -n "$WORKER" ]; then kill -s TERM "$WORKER" 2>/dev/null || true; fi
}

begin() {
  "$SCRIPTS/reconcile.sh" >"$LOG" 2>&1 3>&- &
  WORKER=$!
}

complete() { eventually 15 says "$LOG" "everything is as declared"; }
count() { grep -cF -- "$1" "$DONE" 2>/dev/null || [ -e "$DONE" ] || echo 0; }
at_least() { [ "$(count "$1")" -ge "$2" ]; }
rounds() { grep -c . "$BATS_TEST_TMPDIR/arguments" || true; }
rounds_pass() {
  local before
  before=$(rounds)
  eventually 15 more_rounds "$((before + 4))"
}
more_rounds() { [ "$(rounds)" -ge "$1" ]; }

@test "users, databases and rights, in this order and once; the mark comes last" {
  begin
  complete
  rounds_pass
  diff - <(grep -vE '^(SET SESSION sql_mode|UPDATE performance_schema)' "$DONE") <<'STATEMENTS'
CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED WITH caching_sha2_password BY 'canary-1';
ALTER USER 'app'@'%' IDENTIFIED WITH caching_sha2_password BY 'canary-1';
ALTER USER 'app'@'%' WITH MAX_USER_CONNECTIONS 0;
CREATE USER IF NOT EXISTS 'report'@'%' IDENTIFIED WITH caching_sha2_password BY 'canary-2';
ALTER USER 'report'@'%' IDENTIFIED WITH caching_sha2_password BY 'canary-2';
ALTER USER 'report'@'%' WITH MAX_USER_CONNECTIONS 5;
SET SESSION sql_log_bin = ON; CREATE DATABASE IF NOT EXISTS `my_app`;
GRANT ALL ON `my\_app`.* TO 'app'@'%';
GRANT SELECT,SHOW VIEW ON `my\_app`.* TO 'report'@'%';
STATEMENTS
  [ -e "$READY_MARK" ]
}

@test "no password is in an argument or in what is said" {
  begin
  complete
  grep -q -- --user=root "$BATS_TEST_TMPDIR/arguments"
  run ! grep -q canary "$BATS_TEST_TMPDIR/arguments" "$LOG"
}

@test "each session keeps its statements out of the logs first" {
  begin
  complete
  [ "$(count 'SET SESSION sql_mode = '"''"', sql_log_off = ON, sql_log_bin = OFF, long_query_time = 31536000;')" -eq 5 ]
  [[ "$(head -n 1 "$DONE")" == "SET SESSION sql_mode"* ]]
}

@test "a database that is there is not made again" {
  echo my_app >"$BATS_TEST_TMPDIR/databases"
  begin
  complete
  [ "$(count 'CREATE DATABASE')" -eq 0 ]
  [ "$(count 'GRANT ALL')" -eq 1 ]
}

@test "a new password is set without any restart, and only when it is new" {
  begin
  complete
  printf 'canary-3' >"$CREDENTIALS_DIR/password.new"
  mv "$CREDENTIALS_DIR/password.new" "$CREDENTIALS_DIR/password"
  eventually 15 at_least "ALTER USER 'app'@'%' IDENTIFIED WITH caching_sha2_password BY 'canary-3';" 1
  rounds_pass
  [ "$(count "ALTER USER 'app'@'%' IDENTIFIED")" -eq 2 ]
}

@test "quotes and backslashes of a password are the password's" {
  printf '%s' "a'b\\c\"d" >"$CREDENTIALS_DIR/password"
  begin
  complete
  [ "$(count "BY 'a''b\\\\c\"d';")" -eq 2 ]
}

@test "a failure is said by its number alone, once, and tried again; there is no mark" {
  echo "ERROR 1819 (HY000) at line 3: Your password does not satisfy 'canary-1'" >"$BATS_TEST_TMPDIR/error.canary-1"
  begin
  rounds_pass
  [ "$(grep -c 'FAILED user app: error 1819 (HY000)' "$LOG")" -eq 1 ]
  run ! grep -q canary "$LOG"
  [ "$(count "'report'@'%' IDENTIFIED")" -ge 2 ]
  [ ! -e "$READY_MARK" ]
  rm "$BATS_TEST_TMPDIR/error.canary-1"
  complete
}

@test "a password that is missing, empty or of two lines is refused, and the other users are set" {
  local bad
  rm "$CREDENTIALS_DIR/password"
  begin
  eventually 15 says "$LOG" "FAILED user app: $CREDENTIALS_DIR/password is missing, empty, or more than one line of text"
  eventually 15 at_least "'report'@'%' IDENTIFIED" 2
  for bad in '' '\n' 'a\nb' 'a\0b' 'a\r'; do
    # shellcheck disable=SC2059 # a format on purpose
    printf "$bad" >"$CREDENTIALS_DIR/password"
    rounds_pass
    [ "$(count "EXISTS 'app'@'%'")" -eq 0 ]
  done
  [ ! -e "$READY_MARK" ]
}

@test "no server is waited for, and said once" {
  rm "$SOCKET"
  begin
  rounds_pass
  [ "$(cat "$LOG")" = "reconcile.sh: waiting for the server on $SOCKET" ]
  touch "$SOCKET"
  complete
}

@test "a renewed certificate is read, once for each start and each change" {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  echo one | tee "$TLS_DIR/tls.crt" >"$TLS_DIR/tls.key"
  begin
  complete
  rounds_pass
  [ "$(count 'ALTER INSTANCE RELOAD TLS;')" -eq 1 ]
  echo two | tee "$TLS_DIR/tls.crt" >"$TLS_DIR/tls.key"
  eventually 15 says "$LOG" "certificate: the server was told to read it again"
  [ "$(count 'ALTER INSTANCE RELOAD TLS;')" -le 3 ]
}

@test "SIGTERM ends it within a second" {
  begin
  complete
  kill -s TERM "$WORKER"
  eventually 1 gone "$WORKER"
  wait "$WORKER"
}
