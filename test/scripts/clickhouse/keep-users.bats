#!/usr/bin/env bats
# keep-users.sh: a new password, and a new declaration, reach the folder that the server reads.

setup() {
  load common
  pod
  export KEEP_INTERVAL=0.1
  LOG=$BATS_TEST_TMPDIR/log
  KEEPER=''
  "$SCRIPTS/start.sh" >/dev/null 2>&1 3>&-
}

teardown() {
  if [ -n "$KEEPER" ]; then kill -s TERM "$KEEPER" 2>/dev/null || true; fi
}

begin() {
  "$SCRIPTS/keep-users.sh" >"$LOG" 2>&1 3>&- &
  KEEPER=$!
}

is() { [ "$(cat "$RUN_DIR/users/users.d/app.xml")" = "$(hash_file "$1")" ]; }

@test "nothing is done while nothing changes" {
  local before after
  before=$(stat -c '%i %Y' "$RUN_DIR"/users/users.d/* "$RUN_DIR/users/users.xml")
  begin
  sleep 0.6
  after=$(stat -c '%i %Y' "$RUN_DIR"/users/users.d/* "$RUN_DIR/users/users.xml")
  [ "$before" = "$after" ]
  [ ! -s "$LOG" ]
}

@test "a new password is applied, and said without it" {
  begin
  printf 'canary-18' >"$APP_PASSWORD_FILE"
  eventually 5 is canary-18
  eventually 5 says "$LOG" "users: composed anew"
  run grep -c canary "$LOG"
  [ "$output" = 0 ]
}

@test "a file that is no password changes nothing, is said once, and its successor is applied" {
  begin
  : >"$APP_PASSWORD_FILE"
  eventually 5 says "$LOG" "FAILED users: $APP_PASSWORD_FILE is missing"
  sleep 0.5
  is canary-17
  [ "$(grep -c FAILED "$LOG")" -eq 1 ]
  printf 'canary-19\n' >"$APP_PASSWORD_FILE"
  eventually 5 is canary-19
}

@test "a new declaration of the users is applied" {
  begin
  echo '<clickhouse><!-- more --></clickhouse>' >"$CONFIG_DIR/users.xml"
  eventually 5 says "$RUN_DIR/users/users.xml" more
}

@test "before the server's container has made the folder, nothing is made" {
  rm -rf "$RUN_DIR/users"
  begin
  sleep 0.4
  [ ! -e "$RUN_DIR/users" ]
  [ ! -s "$LOG" ]
}

@test "SIGTERM ends it at once" {
  export KEEP_INTERVAL=100
  begin
  sleep 0.3
  local code=0 start=$SECONDS
  kill -s TERM "$KEEPER"
  wait "$KEEPER" || code=$?
  [ "$code" -eq 0 ]
  [ "$((SECONDS - start))" -le 2 ]
}
