#!/usr/bin/env bats
# The extension is brought to the version of the image by the companion, on a stub psql.

setup() {
  load common
  export PATH="$STUBS:$PATH" PGHOST=$BATS_TEST_TMPDIR PGPORT=5432 PGUSER=postgres RECONCILE_INTERVAL=0.1
  export CONFIG_DIR=/opt/stateful/config CREDENTIALS_DIR=/opt/stateful/credentials TLS_DIR=''
  export READY_MARK=$BATS_TEST_TMPDIR/.reconciled VOLUME_DIR=/var/lib/postgresql
  ANSWERS=$BATS_TEST_TMPDIR/psql
  LOG=$BATS_TEST_TMPDIR/log
  mkdir -p "$ANSWERS/outdated"
  echo 'f|one|' >"$ANSWERS/status"
  printf 'app\0a b\0' >"$ANSWERS/extended"
  WORKER=''
}

teardown() {
  if [ -n "$WORKER" ]; then kill -s TERM "$WORKER" 2>/dev/null || true; fi
}

begin() {
  "$SCRIPTS/reconcile.sh" >"$LOG" 2>&1 3>&- &
  WORKER=$!
}

steps() { grep -vE '^(status|other)' "$ANSWERS/calls"; }

@test "a look without the library, and the update as the first statement of a session of its own, before the extensions" {
  echo '2.19.3 to 2.30.2' >"$ANSWERS/outdated/a b"
  begin
  eventually 10 says "$LOG" "everything is as declared"
  diff - <(steps) <<CALLS
roles postgres, loads
databases postgres, loads
extended postgres, loads
look app, loads nothing
extensions app, loads
look a b, loads nothing
update a b, loads
extensions a b, loads
memberships postgres, loads
CALLS
  says "$LOG" 'reconcile.sh: database "a b": timescaledb was updated from 2.19.3 to 2.30.2'
}

@test "a failing update is said, tried again, and takes nothing out of service; other databases go on" {
  echo '2.19.3 to 2.30.2' >"$ANSWERS/outdated/app"
  echo 'ERROR:  no update path' >"$ANSWERS/update.error"
  begin
  eventually 10 says "$LOG" 'FAILED update of timescaledb in database "app": ERROR:  no update path'
  eventually 10 says "$ANSWERS/calls" 'extensions a b, loads'
  [ -e "$READY_MARK" ]
  run grep -c 'extensions app' "$ANSWERS/calls"
  [ "$output" = 0 ]
  rm "$ANSWERS/update.error"
  eventually 10 says "$LOG" "everything is as declared"
  says "$ANSWERS/calls" 'extensions app, loads'
}

@test "a failing look is a failure, not a version that is right" {
  echo 'ERROR:  gone' >"$ANSWERS/look.error"
  begin
  eventually 10 says "$LOG" 'FAILED version of timescaledb in database "app": ERROR:  gone'
  run says "$LOG" "everything is as declared"
  [ "$status" -ne 0 ]
}
