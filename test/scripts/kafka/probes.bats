#!/usr/bin/env bats
# The probes, on servers that answer and that do not.

setup() {
  load common
  LISTENERS=()
  listen broker kafka
  listen silent silent
  BROKER=$(<"$BATS_TEST_TMPDIR/broker") SILENT=$(<"$BATS_TEST_TMPDIR/silent")
  CLOSED=1
  export PROBE_TIMEOUT=2 READY_MARK=$BATS_TEST_TMPDIR/ready
  touch "$READY_MARK"
}

teardown() { kill "${LISTENERS[@]}" 2>/dev/null || true; }

@test "started: the controller listens, whether it answers or not" {
  CONTROLLER_PORT=$SILENT run "$SCRIPTS/started.sh"
  [ "$status" -eq 0 ]
  CONTROLLER_PORT=$CLOSED run "$SCRIPTS/started.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "not started: nobody listens on port $CLOSED" ]
}

@test "alive: the controller answers" {
  CONTROLLER_PORT=$BROKER run "$SCRIPTS/alive.sh"
  [ "$status" -eq 0 ]
  [ "$output" = alive ]
  CONTROLLER_PORT=$SILENT run "$SCRIPTS/alive.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "dead: no answer on port $SILENT within 1 s" ]
  CONTROLLER_PORT=$CLOSED run "$SCRIPTS/alive.sh"
  [ "$status" -eq 1 ]
}

@test "ready: every port of the clients is open, the broker answers, and there is a login" {
  CLIENT_PORTS="$SILENT $BROKER" BROKER_PORT=$BROKER run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [ "$output" = ready ]
  CLIENT_PORTS="$BROKER $CLOSED" BROKER_PORT=$BROKER run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "not ready: no connections on port $CLOSED" ]
  CLIENT_PORTS=$BROKER BROKER_PORT=$SILENT run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  [ "$output" = "not ready: the broker does not answer on port $SILENT" ]
  rm "$READY_MARK"
  CLIENT_PORTS=$BROKER BROKER_PORT=$BROKER run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  [[ "$output" == "not ready: the application's login does not exist yet"* ]]
}
