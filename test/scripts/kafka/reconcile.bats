#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# reconcile.sh on stub tools and a server that answers: what it does, and that it does it once.

setup() {
  load common
  make_home
  export BATS_TEST_TMPDIR RUN_DIR=$BATS_TEST_TMPDIR/run READY_MARK=$BATS_TEST_TMPDIR/run/ready RECONCILE_INTERVAL=0.2 DB_USER=app
  export PASSWORD_FILE=$BATS_TEST_TMPDIR/password
  unset TLS_DIR
  mkdir -p "$RUN_DIR"
  printf '%s' 'one' >"$PASSWORD_FILE"
  LISTENERS=()
  listen port kafka
  BROKER_PORT=$(<"$BATS_TEST_TMPDIR/port")
  export BROKER_PORT
}

teardown() { kill "${LISTENERS[@]}" ${COMPANION:+"$COMPANION"} 2>/dev/null || true; }

companion() {
  "$SCRIPTS/reconcile.sh" >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
  COMPANION=$!
}

calls() { [ "$(wc -l <"$BATS_TEST_TMPDIR/calls")" -ge "$1" ]; }

logged() { grep -qF -- "$1" "$BATS_TEST_TMPDIR/log"; }

@test "login and rights are given once, by a file that nobody else can read and that does not stay" {
  companion
  eventually 10 test -e "$READY_MARK"
  sleep 1
  diff - "$BATS_TEST_TMPDIR/calls" <<CALLS
kafka-configs.sh --bootstrap-server 127.0.0.1:$BROKER_PORT --alter --entity-type users --entity-name app --add-config-file $RUN_DIR/login.properties
kafka-acls.sh --bootstrap-server 127.0.0.1:$BROKER_PORT --add --allow-principal User:app --operation All --topic * --group * --transactional-id *
CALLS
  [ "$(<"$BATS_TEST_TMPDIR/login")" = 'SCRAM-SHA-512=iterations=8192,password=one' ]
  [ "$(<"$BATS_TEST_TMPDIR/mode")" = 600 ]
  eventually 5 test ! -e "$RUN_DIR/login.properties"
}

@test "a changed password is given again, and no password is ever in an argument or in the log" {
  companion
  eventually 10 test -e "$READY_MARK"
  # shellcheck disable=SC2016 # as it is
  local password='se\cret,=]"'
  printf '%s' "$password" >"$PASSWORD_FILE"
  eventually 10 calls 4
  [ "$(tail -n 1 "$BATS_TEST_TMPDIR/login")" = 'SCRAM-SHA-512=iterations=8192,password=se\\cret,=]"' ]
  run grep -rF 'se\cret' "$BATS_TEST_TMPDIR/calls" "$BATS_TEST_TMPDIR/log"
  [ "$status" -eq 1 ]
}

@test "what fails is said once, tried again, and not called ready" {
  touch "$BATS_TEST_TMPDIR/broken"
  companion
  eventually 10 calls 3
  [ ! -e "$READY_MARK" ]
  [ "$(grep -c 'FAILED login: the broker said no' "$BATS_TEST_TMPDIR/log")" = 1 ]
  rm "$BATS_TEST_TMPDIR/broken"
  eventually 10 test -e "$READY_MARK"
}

@test "a password that is no line of ASCII is not applied" {
  local bad
  for bad in '' $'a\nb' 'größe'; do
    printf '%s' "$bad" >"$PASSWORD_FILE"
    companion
    eventually 10 logged 'is empty, has more than one line, or characters outside ASCII'
    kill "$COMPANION"
    [ ! -e "$BATS_TEST_TMPDIR/calls" ]
    [ ! -e "$READY_MARK" ]
  done
}

@test "nothing is done while the broker does not answer" {
  kill "${LISTENERS[@]}"
  companion
  sleep 1
  [ ! -e "$BATS_TEST_TMPDIR/calls" ]
  kill -0 "$COMPANION"
}

with_tls() {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir -p "$TLS_DIR"
  certificate one
  cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt" >"$RUN_DIR/server.pem"
}

@test "a renewed certificate is composed and read, and leaves no setting behind" {
  with_tls
  companion
  eventually 10 test -e "$READY_MARK"
  certificate two
  eventually 10 logged 'the renewed certificate was read'
  [ "$(<"$RUN_DIR/server.pem")" = "$(cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt")" ]
  diff - <(tail -n +3 "$BATS_TEST_TMPDIR/calls") <<CALLS
kafka-configs.sh --bootstrap-server 127.0.0.1:$BROKER_PORT --alter --entity-type brokers --entity-name 1 --add-config listener.name.tls.ssl.keystore.location=$RUN_DIR/server.pem
kafka-configs.sh --bootstrap-server 127.0.0.1:$BROKER_PORT --alter --entity-type brokers --entity-name 1 --delete-config listener.name.tls.ssl.keystore.location
CALLS
}

@test "a renewal that was broken off is completed by the next companion" {
  with_tls
  touch "$RUN_DIR/renewing"
  companion
  eventually 10 logged 'the renewed certificate was read'
  [ ! -e "$RUN_DIR/renewing" ]
}

@test "a renewed certificate that Kafka cannot read changes nothing" {
  with_tls
  companion
  eventually 10 test -e "$READY_MARK"
  printf -- '-----BEGIN EC PRIVATE %s-----\n' KEY >"$TLS_DIR/tls.key"
  eventually 10 logged 'FAILED certificate: tls.key is'
  grep -qx one "$RUN_DIR/server.pem"
  [ ! -e "$RUN_DIR/renewing" ]
}

@test "it ends at once on SIGTERM" {
  RECONCILE_INTERVAL=1000 companion
  eventually 10 test -e "$READY_MARK"
  kill "$COMPANION"
  # shellcheck disable=SC2016 # for the other shell
  eventually 5 bash -c '! kill -0 "$0" 2>/dev/null || grep -q "^State:.Z" "/proc/$0/status"' "$COMPANION"
}
