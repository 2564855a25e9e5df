#!/usr/bin/env bats
# The three probes against a server that speaks the protocol, byte for byte: which answer means what.

setup() {
  load common
  export PROBE_TIMEOUT=3 TLS_REQUIRED=false READY_MARK=$BATS_TEST_TMPDIR/reconciled
}

teardown() { stop_listening; }

probe() { run timeout 8 "$SCRIPTS/$1.sh"; }

@test "a primary is started, alive, and ready as soon as the declared users exist" {
  listen primary
  probe started
  [ "$status" -eq 0 ]
  [ "$output" = started ]
  probe alive
  [ "$output" = "alive (hello: 0)" ]
  probe ready
  [ "$status" -eq 1 ]
  [[ "$output" == "not ready: the declared users do not exist yet"* ]]
  touch "$READY_MARK"
  probe ready
  [ "$status" -eq 0 ]
  [ "$output" = ready ]
  [ ! -s "$BATS_TEST_TMPDIR/listen.log" ]
}

@test "a member that takes no writes is started and alive, and not ready" {
  touch "$READY_MARK"
  listen secondary
  probe started
  [ "$status" -eq 0 ]
  probe alive
  [ "$status" -eq 0 ]
  probe ready
  [ "$status" -eq 1 ]
  [[ "$output" == "not ready: the member is no primary"* ]]
}

@test "an answer in many pieces is read to its end" {
  touch "$READY_MARK"
  listen long
  probe ready
  [ "$output" = ready ]
}

@test "an answer that says no, and one of something else, is neither started nor ready" {
  local mode
  touch "$READY_MARK"
  for mode in failing other; do
    listen "$mode"
    probe started
    [ "$status" -eq 1 ]
    probe ready
    [ "$status" -eq 1 ]
    probe alive
    [ "$status" -eq 0 ]
    stop_listening
  done
}

@test "a server that hangs up has no connection left: alive, and not ready" {
  listen full
  probe alive
  [ "$status" -eq 0 ]
  [ "$output" = "alive (hello: 2)" ]
  probe started
  [ "$status" -eq 1 ]
  probe ready
  [ "$status" -eq 1 ]
}

@test "silence, and an answer that ends in the middle, is dead, and every probe gives up before the kubelet does" {
  local mode name before
  for mode in silent half; do
    listen "$mode"
    for name in alive started ready; do
      before=$SECONDS
      probe "$name"
      [ "$status" -eq 1 ]
      [[ "$output" == *"(hello: 3)"* ]]
      ((SECONDS - before <= PROBE_TIMEOUT))
    done
    stop_listening
  done
}

@test "where nobody listens, it is dead at once" {
  listen primary
  stop_listening
  local name before=$SECONDS
  for name in alive started ready; do
    probe "$name"
    [ "$status" -eq 1 ]
    [[ "$output" == *"(hello: 1)"* ]]
  done
  ((SECONDS - before <= 1))
}

@test "where TLS is required, the question goes through TLS" {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=orders -keyout "$BATS_TEST_TMPDIR/tls.key" \
    -out "$BATS_TEST_TMPDIR/tls.crt" 2>/dev/null
  touch "$READY_MARK"
  listen tls
  probe ready
  [ "$status" -eq 1 ]
  export TLS_REQUIRED=true
  probe ready
  echo "$output"
  [ "$output" = ready ]
  probe alive
  [ "$output" = "alive (hello: 0)" ]
  stop_listening
  probe alive
  [ "$status" -eq 1 ]
  [[ "$output" == *"(hello: 1)"* ]]
}

@test "no probe leaves a process behind" {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=orders -keyout "$BATS_TEST_TMPDIR/tls.key" \
    -out "$BATS_TEST_TMPDIR/tls.crt" 2>/dev/null
  listen tls
  TLS_REQUIRED=true probe alive
  [ "$status" -eq 0 ]
  eventually 2 no_client
}
no_client() { ! pgrep -f "s_client -quiet -connect 127.0.0.1:$DB_PORT" >/dev/null; }

@test "each input is demanded with its meaning" {
  local name
  export DB_PORT=1
  for name in DB_PORT PROBE_TIMEOUT TLS_REQUIRED READY_MARK; do
    run env -u "$name" "$SCRIPTS/ready.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
