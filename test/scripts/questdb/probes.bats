#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# The probes and the sidecar against a stub of the server's ports.

setup() {
  load common
  export PROBE_TIMEOUT=3 RUN_DIR=$BATS_TEST_TMPDIR/run PASSWORD_FILE=$BATS_TEST_TMPDIR/password DB_USER=app RELOAD_INTERVAL=0.1
  mkdir "$RUN_DIR"
  echo first >"$RUN_DIR/started-with"
  cp "$RUN_DIR/started-with" "$PASSWORD_FILE"
  python3 "$STUBS/server.py" "$BATS_TEST_TMPDIR" 3>&- &
  SERVER=$!
  eventually 10 test -e "$BATS_TEST_TMPDIR/ports"
  read -r MIN_PORT PG_PORT <"$BATS_TEST_TMPDIR/ports"
  HTTP_PORT=$MIN_PORT
  export MIN_PORT PG_PORT HTTP_PORT
}

teardown() {
  kill "$SERVER" ${SIDECAR:+"$SIDECAR"} 2>/dev/null || true
  wait 2>/dev/null || true
}

answer() { printf '%s' "$1" >"$BATS_TEST_TMPDIR/status"; }

stop_it() {
  kill "$SERVER"
  wait "$SERVER" 2>/dev/null || true
}

@test "started and alive: any answer; dead without one" {
  run "$SCRIPTS/started.sh"
  [ "$output" = "started: the server answers (200)" ]
  answer '500 Internal Server Error'
  run "$SCRIPTS/started.sh"
  [ "$output" = "started: the server answers (500)" ]
  run "$SCRIPTS/alive.sh"
  [ "$status" -eq 0 ]
  [ "$output" = "alive (500)" ]
  # Started by health alone, dead by nobody: the port of clients is enough to live.
  answer ''
  MIN_PORT=1 run "$SCRIPTS/started.sh"
  [ "$status" -eq 1 ]
  MIN_PORT=1 run "$SCRIPTS/alive.sh"
  [ "$status" -eq 0 ]
  [ "$output" = "alive (no health, but clients are answered)" ]
  stop_it
  run "$SCRIPTS/started.sh"
  [ "$status" -eq 1 ]
  run "$SCRIPTS/alive.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "dead: no answer on ports $MIN_PORT and $PG_PORT within 2 s each" ]
}

@test "ready: healthy, and an answer to the first message of a client" {
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [ "$output" = ready ]
  [ "$(od -An -tx1 "$BATS_TEST_TMPDIR/pg" | tr -d ' \n')" = 0000000804d2162f ]
  printf 'E' >"$BATS_TEST_TMPDIR/letter"
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "not ready: no connections on port $PG_PORT" ]
  answer '500 Internal Server Error'
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "not ready: health on port $MIN_PORT says 500" ]
}

told() {
  [ -e "$BATS_TEST_TMPDIR/requests" ] || return 1
  [ "$(grep -c 'GET /exec?query=select%20reload_config() HTTP/1.0' "$BATS_TEST_TMPDIR/requests")" -ge "$1" ]
}

@test "the sidecar has a new password read, with the one that the server was started with, and only once" {
  "$SCRIPTS/reload.sh" >"$BATS_TEST_TMPDIR/sidecar" 2>&1 3>&- &
  SIDECAR=$!
  eventually 10 told 1
  echo second >"$PASSWORD_FILE"
  eventually 10 told 2
  sleep 0.5
  run told 3
  [ "$status" -ne 0 ]
  # "app:first"
  [ "$(grep -c '^Authorization: Basic YXBwOmZpcnN0' "$BATS_TEST_TMPDIR/requests")" = 2 ]
  kill "$SIDECAR"
  wait "$SIDECAR"
}

@test "the sidecar tries again until the server has it, and never shows a password" {
  "$SCRIPTS/reload.sh" >"$BATS_TEST_TMPDIR/sidecar" 2>&1 3>&- &
  SIDECAR=$!
  eventually 10 grep -q 'has the password of the Secret' "$BATS_TEST_TMPDIR/sidecar"
  answer '401 Unauthorized'
  echo second >"$PASSWORD_FILE"
  eventually 10 grep -q 'a new password, but the server cannot be told' "$BATS_TEST_TMPDIR/sidecar"
  answer '200 OK'
  eventually 10 told 3
  run grep -E 'first|second' "$BATS_TEST_TMPDIR/sidecar"
  [ "$status" -ne 0 ]
}

@test "a server that hangs up in the middle of the question does not end the sidecar" {
  touch "$BATS_TEST_TMPDIR/hasty"
  RELOAD_INTERVAL=0.01 "$SCRIPTS/reload.sh" >"$BATS_TEST_TMPDIR/sidecar" 2>&1 3>&- &
  SIDECAR=$!
  sleep 2
  rm "$BATS_TEST_TMPDIR/hasty"
  eventually 10 grep -q 'has the password of the Secret' "$BATS_TEST_TMPDIR/sidecar"
}
