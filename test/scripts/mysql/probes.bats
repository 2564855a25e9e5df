#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# The three probes on a stub mysqladmin: an answer of any kind is life, and service is more than that.

setup() {
  load common
  export PATH="$STUBS:$PATH" SOCKET=/var/run/mysqld/mysqld.sock PORT=3306 PROBE_TIMEOUT=5 READY_MARK=$BATS_TEST_TMPDIR/mark
}

@test "started and alive ask over the socket, and fail without an answer" {
  local probe
  for probe in started alive; do
    run "$SCRIPTS/$probe.sh"
    [ "$status" -eq 0 ]
    [ "$(<"$BATS_TEST_TMPDIR/admin.arguments")" = "--no-defaults --socket=$SOCKET --user=root ping" ]
    STUB_ANSWER=1 run "$SCRIPTS/$probe.sh"
    [ "$status" -eq 1 ]
    [[ "$output" == *"no answer on $SOCKET"* ]]
  done
}

@test "a probe that cannot run its client kills no server" {
  STUB_ANSWER=127 run "$SCRIPTS/alive.sh"
  [ "$status" -eq 0 ]
}

@test "a server that hangs is dead" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\nexit 124\n' >"$BATS_TEST_TMPDIR/bin/timeout"
  chmod 755 "$BATS_TEST_TMPDIR/bin/timeout"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH run "$SCRIPTS/alive.sh"
  [ "$status" -eq 1 ]
}

@test "ready is who answers over TCP and has the declared users" {
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  [[ "$output" == *"do not exist yet"* ]]
  touch "$READY_MARK"
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [[ "$(<"$BATS_TEST_TMPDIR/admin.arguments")" == *"--protocol=tcp --host=127.0.0.1 --port=3306 --user=readiness ping" ]]
  STUB_ANSWER=1 run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
}
