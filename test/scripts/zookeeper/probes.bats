#!/usr/bin/env bats
# The probes and the renewal, on servers that answer and that do not.

setup() {
  load common
  LISTENERS=()
  export PROBE_TIMEOUT=2
}

teardown() { kill "${LISTENERS[@]}" ${COMPANION:+"$COMPANION"} 2>/dev/null || true; }

# probe NAME KIND: runs the script against that listener.
probe() { PORT=$(<"$BATS_TEST_TMPDIR/$2") run "$SCRIPTS/$1.sh"; }

@test "a server that serves is started, ready and alive" {
  listen serving imok $'Zookeeper version: 3.9.6\nLatency min/avg/max: 0/0.0/0\nMode: standalone\nNode count: 5\n'
  local name
  for name in started ready alive; do
    probe "$name" serving
    echo "$name: $output"
    [ "$status" -eq 0 ]
  done
  [ "$output" = 'alive (imok)' ]
}

@test "a server that loads its tree is started and alive, and not ready" {
  listen loading imok $'This ZooKeeper instance is not currently serving requests\n'
  probe started loading
  [ "$status" -eq 0 ]
  probe alive loading
  [ "$status" -eq 0 ]
  probe ready loading
  [ "$status" -eq 1 ]
  [[ "$output" == *'is not currently serving requests"' ]]
}

@test "a server that gives no answer is dead" {
  listen hung silent silent
  probe alive hung
  [ "$status" -eq 1 ]
  [ "$output" = "dead: no answer on port $(<"$BATS_TEST_TMPDIR/hung") within 1 s" ]
  probe ready hung
  [ "$status" -eq 1 ]
}

@test "where nobody listens, all of them fail" {
  echo 1 >"$BATS_TEST_TMPDIR/closed"
  local name
  for name in started ready alive; do
    probe "$name" closed
    echo "$name: $output"
    [ "$status" -eq 1 ]
  done
}

@test "with TLS, its port has to be open too" {
  listen serving imok $'Mode: standalone\n'
  TLS_PORT=1 probe ready serving
  [ "$status" -eq 1 ]
  [ "$output" = 'not ready: no connections on port 1' ]
  TLS_PORT=$(<"$BATS_TEST_TMPDIR/serving") probe ready serving
  [ "$status" -eq 0 ]
}

logged() { grep -qF -- "$1" "$BATS_TEST_TMPDIR/log"; }

@test "a renewed certificate is put in place, and one that cannot be read is not" {
  export RUN_DIR=$BATS_TEST_TMPDIR TLS_DIR=$BATS_TEST_TMPDIR/tls RENEW_INTERVAL=0.2
  mkdir "$TLS_DIR"
  certificate one
  cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt" >"$RUN_DIR/server.pem"
  "$SCRIPTS/renew.sh" >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
  COMPANION=$!
  sleep 1
  [ ! -s "$BATS_TEST_TMPDIR/log" ]
  certificate two
  eventually 10 logged 'the renewed certificate is in place'
  [ "$(<"$RUN_DIR/server.pem")" = "$(cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt")" ]
  printf -- '-----BEGIN EC PRIVATE %s-----\n' KEY >"$TLS_DIR/tls.key"
  eventually 10 logged 'FAILED: tls.key is'
  sleep 1
  grep -qx two "$RUN_DIR/server.pem"
  [ "$(grep -c FAILED "$BATS_TEST_TMPDIR/log")" = 1 ]
}
