#!/usr/bin/env bats
# The three probes and the stop hook on stub programs: which answer of pg_isready means what.

setup() {
  load common
  export PATH="$STUBS:$PATH" PGHOST=/var/run/postgresql PGPORT=5432 PROBE_TIMEOUT=5
  export READY_MARK=$BATS_TEST_TMPDIR/.reconciled PGDATA=$BATS_TEST_TMPDIR/data
  mkdir "$PGDATA"
}

teardown() {
  if [ -n "${SERVER:-}" ]; then
    kill -s KILL "$SERVER" || true
    wait "$SERVER" 2>/dev/null || true
  fi
}

answer() { STUB_ANSWER=$1 run "$SCRIPTS/$2"; }

@test "started: accepting and rejecting are both started, no answer is not" {
  answer 0 started.sh
  [ "$status" -eq 0 ]
  answer 1 started.sh
  [ "$status" -eq 0 ]
  [[ "$output" == *recovering* ]]
  answer 2 started.sh
  [ "$status" -eq 1 ]
  [[ "$output" == "not started: no answer in /var/run/postgresql, port 5432"* ]]
  answer 3 started.sh
  [ "$status" -eq 1 ]
}

@test "alive: only no answer at all is dead" {
  local code
  for code in 0 1 3; do
    answer "$code" alive.sh
    [ "$status" -eq 0 ]
    [[ "$output" == "alive (pg_isready: $code)" ]]
  done
  answer 2 alive.sh
  [ "$status" -eq 1 ]
  [[ "$output" == "dead: no answer in /var/run/postgresql, port 5432 within 4 s" ]]
}

@test "ready: connections over TCP, and the mark" {
  answer 0 ready.sh
  [ "$status" -eq 1 ]
  [[ "$output" == *"roles and databases do not exist yet"* ]]
  touch "$READY_MARK"
  answer 0 ready.sh
  [ "$status" -eq 0 ]
  [ "$output" = ready ]
  grep -qF -- --host=localhost "$BATS_TEST_TMPDIR/isready.arguments"
  local code
  for code in 1 2 3; do
    answer "$code" ready.sh
    [ "$status" -eq 1 ]
    [[ "$output" == "not ready: no connections on localhost, port 5432 (pg_isready: $code)" ]]
  done
}

@test "pg_isready gives up before the kubelet does" {
  local script
  for script in started.sh alive.sh ready.sh; do
    PROBE_TIMEOUT=7 answer 0 "$script"
    grep -qF -- --timeout=6 "$BATS_TEST_TMPDIR/isready.arguments"
  done
}

@test "stop: no server is no error" {
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing to stop"* ]]
}

@test "stop: a stale postmaster.pid is no server, whoever has the number now" {
  printf '%s\n%s\n' "$$" "$PGDATA" >"$PGDATA/postmaster.pid"
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing to stop"* ]]
  echo "no number" >"$PGDATA/postmaster.pid"
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  : >"$PGDATA/postmaster.pid"
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  echo 999999999 >"$PGDATA/postmaster.pid"
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
}

@test "stop: the server gets SIGINT, and the hook does not wait for it" {
  cp "$(command -v bash)" "$BATS_TEST_TMPDIR/postgres"
  # Without job control a background process ignores SIGINT.
  # shellcheck disable=SC2016
  env --default-signal=INT "$BATS_TEST_TMPDIR/postgres" -c 'trap "echo INT >>$0" INT; trap "echo TERM >>$0" TERM; echo up >>$0
    while true; do sleep 0.1; done' "$BATS_TEST_TMPDIR/signals" 3>&- &
  SERVER=$!
  eventually 5 says "$BATS_TEST_TMPDIR/signals" up
  echo "$SERVER" >"$PGDATA/postmaster.pid"
  run "$SCRIPTS/stop.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"fast shutdown asked for"* ]]
  eventually 5 says "$BATS_TEST_TMPDIR/signals" INT
  run says "$BATS_TEST_TMPDIR/signals" TERM
  [ "$status" -ne 0 ]
}
