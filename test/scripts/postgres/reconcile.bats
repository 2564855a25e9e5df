#!/usr/bin/env bats
# The loop of reconcile.sh on a stub psql: the order, what is done again and when, and that no failure ends it.

setup() {
  load common
  export PATH="$STUBS:$PATH" PGHOST=$BATS_TEST_TMPDIR PGPORT=5432 PGUSER=postgres RECONCILE_INTERVAL=0.1
  export CONFIG_DIR=/opt/stateful/config CREDENTIALS_DIR=/opt/stateful/credentials TLS_DIR=/opt/stateful/tls
  export READY_MARK=$BATS_TEST_TMPDIR/.reconciled VOLUME_DIR=/var/lib/postgresql
  ANSWERS=$BATS_TEST_TMPDIR/psql
  LOG=$BATS_TEST_TMPDIR/log
  mkdir "$ANSWERS"
  WORKER=''
  status_is 'f|one|'
}

teardown() {
  if [ -n "$WORKER" ]; then kill -s TERM "$WORKER" 2>/dev/null || true; fi
}

status_is() {
  printf '%s\n' "$1" >"$ANSWERS/new"
  mv "$ANSWERS/new" "$ANSWERS/status"
}

begin() {
  "$SCRIPTS/reconcile.sh" >"$LOG" 2>&1 3>&- &
  WORKER=$!
}

count() { grep -c "^$1" "$ANSWERS/calls" || true; }

# As many more rounds as it takes to notice that something is done again.
rounds_pass() {
  local before
  before=$(count status)
  eventually 10 more_rounds "$((before + 3))"
}
more_rounds() { [ "$(count status)" -ge "$1" ]; }

@test "roles, databases, the mark, extensions, memberships: in this order and once" {
  printf 'app\0a b\0' >"$ANSWERS/extended"
  begin
  eventually 10 says "$LOG" "everything is as declared"
  rounds_pass
  diff - <(grep -v ^status "$ANSWERS/calls") <<CALLS
roles postgres
databases postgres
extended postgres
extensions app
extensions a b
memberships postgres
CALLS
  [ -e "$READY_MARK" ]
  [ "$(wc -l <"$LOG")" -eq 1 ]
}

@test "names with quotes, blanks, shell and connection syntax reach psql by the environment only" {
  printf '%s\0' 'dbname=x host=evil' "it's \"\$(touch $BATS_TEST_TMPDIR/hacked)\"" 'a=b' '-c' >"$ANSWERS/extended"
  begin
  eventually 10 says "$LOG" "everything is as declared"
  grep -qxF 'extensions dbname=x host=evil' "$ANSWERS/calls"
  grep -qxF "extensions it's \"\$(touch $BATS_TEST_TMPDIR/hacked)\"" "$ANSWERS/calls"
  grep -qxF 'extensions -c' "$ANSWERS/calls"
  run grep -E 'evil|hacked|a=b' "$ANSWERS/arguments"
  [ "$output" = "" ]
  [ ! -e "$BATS_TEST_TMPDIR/hacked" ]
}

@test "what changed is printed" {
  echo 'NOTICE:  role app created' >"$ANSWERS/roles.warning"
  begin
  eventually 10 says "$LOG" "reconcile.sh: roles: NOTICE:  role app created"
}

@test "a change of the declaration, a password or the server's start is applied again" {
  begin
  eventually 10 says "$LOG" "everything is as declared"
  status_is 'f|two|'
  eventually 10 more_of memberships 2
  [ "$(count roles)" -eq 2 ]
  [ "$(count memberships)" -eq 2 ]
}
more_of() { [ "$(count "$1")" -ge "$2" ]; }

@test "while the server is in recovery nothing is done" {
  status_is 't|one|'
  begin
  rounds_pass
  [ "$(grep -vc ^status "$ANSWERS/calls")" -eq 0 ]
  [ ! -e "$READY_MARK" ]
  status_is 'f|one|'
  eventually 10 says "$LOG" "everything is as declared"
}

@test "no server is waited for, and said once" {
  echo 'psql: error: connection refused' >"$ANSWERS/status.error"
  begin
  rounds_pass
  [ "$(cat "$LOG")" = "reconcile.sh: waiting for the server: psql: error: connection refused" ]
  rm "$ANSWERS/status.error"
  eventually 10 says "$LOG" "everything is as declared"
}

@test "a warning before the status row does not hide it" {
  echo 'WARNING:  database "postgres" has a collation version mismatch' >"$ANSWERS/status.warning"
  begin
  eventually 10 says "$LOG" "everything is as declared"
}

@test "a failing role: no mark, said once, databases all the same, tried again" {
  echo 'ERROR:  role app: no such file' >"$ANSWERS/roles.error"
  begin
  rounds_pass
  [ "$(grep -c 'FAILED roles: ERROR:  role app: no such file' "$LOG")" -eq 1 ]
  [ "$(count roles)" -ge 2 ]
  [ "$(count databases)" -ge 2 ]
  [ "$(count extensions)" -eq 0 ]
  [ ! -e "$READY_MARK" ]
  rm "$ANSWERS/roles.error"
  eventually 10 says "$LOG" "everything is as declared"
  [ -e "$READY_MARK" ]
}

@test "a failing database: no mark" {
  echo 'ERROR:  x' >"$ANSWERS/databases.error"
  begin
  eventually 10 says "$LOG" "FAILED databases"
  [ ! -e "$READY_MARK" ]
}

@test "a failing extension takes nothing out of service and does not set the passwords again" {
  printf 'one\0two\0' >"$ANSWERS/extended"
  echo 'ERROR:  extension "nope" is not available' >"$ANSWERS/extensions.error"
  begin
  rounds_pass
  [ -e "$READY_MARK" ]
  [ "$(count roles)" -eq 1 ]
  [ "$(count 'extensions one')" -ge 2 ]
  [ "$(count 'extensions two')" -ge 2 ]
  [ "$(count memberships)" -ge 2 ]
  [ "$(grep -c 'FAILED extensions of database "one"' "$LOG")" -eq 1 ]
  run says "$LOG" "everything is as declared"
  [ "$status" -ne 0 ]
  rm "$ANSWERS/extensions.error"
  eventually 10 says "$LOG" "everything is as declared"
}

@test "back from a half applied change, the old declaration is applied again" {
  begin
  eventually 10 says "$LOG" "everything is as declared"
  echo 'ERROR:  x' >"$ANSWERS/memberships.error"
  status_is 'f|two|'
  eventually 10 says "$LOG" "FAILED memberships"
  rm "$ANSWERS/memberships.error"
  status_is 'f|one|'
  eventually 10 more_of roles 3
}

@test "a list of databases that cannot be read is a failure" {
  echo 'ERROR:  broken' >"$ANSWERS/extended.error"
  begin
  rounds_pass
  run says "$LOG" "everything is as declared"
  [ "$status" -ne 0 ]
}

@test "the text of a failure is never evaluated" {
  # shellcheck disable=SC2016
  echo 'x[$(touch '"$BATS_TEST_TMPDIR"'/hacked)]$(touch '"$BATS_TEST_TMPDIR"'/hacked)`touch '"$BATS_TEST_TMPDIR"'/hacked`' \
    >"$ANSWERS/roles.error"
  begin
  rounds_pass
  [ ! -e "$BATS_TEST_TMPDIR/hacked" ]
  [ "$(grep -c 'FAILED roles' "$LOG")" -eq 1 ]
}

@test "a new certificate is loaded once" {
  status_is 'f|one|first'
  begin
  rounds_pass
  [ "$(count command)" -eq 1 ]
  status_is 'f|one|second'
  eventually 10 more_of command 2
  rounds_pass
  [ "$(count command)" -eq 2 ]
  [ "$(grep -c 'files: the server was told' "$LOG")" -eq 2 ]
}

@test "a certificate that could not be loaded is tried again" {
  status_is 'f|one|first'
  echo 'ERROR:  no' >"$ANSWERS/command.error"
  begin
  eventually 10 says "$LOG" "FAILED files"
  rm "$ANSWERS/command.error"
  eventually 10 says "$LOG" "files: the server was told"
}

@test "the session keeps the server's log, statistics and the owner's settings out" {
  begin
  eventually 10 says "$LOG" "everything is as declared"
  local setting
  for setting in log_min_messages=panic log_statement=none log_min_error_statement=panic log_min_duration_statement=-1 \
    log_duration=off pg_stat_statements.track=none auto_explain.log_min_duration=-1 pgaudit.log=none role=none \
    search_path=pg_catalog password_encryption=scram-sha-256 stateful.databases=/opt/stateful/config/databases.json; do
    grep -qF -- "-c $setting " "$ANSWERS/options"
  done
}

@test "SIGTERM ends it within a second, with everything it runs" {
  begin
  eventually 10 says "$LOG" "everything is as declared"
  kill -s TERM "$WORKER"
  eventually 1 gone "$WORKER"
  wait "$WORKER"
}

@test "SIGTERM ends it within a second while psql hangs" {
  touch "$ANSWERS/roles.hang"
  begin
  eventually 10 says "$ANSWERS/calls" roles
  sleep 0.3
  local group
  group=$(pgrep -P "$WORKER")
  kill -s TERM "$WORKER"
  eventually 1 gone "$WORKER"
  wait "$WORKER"
  eventually 1 nobody_in "$group"
}

# Zombies do not count, see gone.
nobody_in() { ! pgrep -g "$1" -r R,S,D,T; }

@test "each input is demanded with its meaning" {
  local name
  for name in PGHOST PGPORT PGUSER CONFIG_DIR CREDENTIALS_DIR READY_MARK RECONCILE_INTERVAL; do
    run env -u "$name" "$SCRIPTS/reconcile.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
