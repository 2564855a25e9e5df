#!/usr/bin/env bats
# shellcheck disable=SC2016 # a password that looks like a variable
# access.sh and renew.sh: the user and the certificate of Elasticsearch, and how they change.

setup() {
  load common
  image elasticsearch 9.5.3
  export ES_PATH_CONF=$CONF
}

certificate() { # TEXT
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir -p "$TLS_DIR"
  echo "certificate $1" >"$TLS_DIR/tls.crt"
  echo "private $1" >"$TLS_DIR/tls.key"
}

# One look of renew.sh.
look() {
  # shellcheck disable=SC2016 # the other shell's
  run bash -c 'source "$SCRIPTS/renew.sh"; look'
  [ "$status" -eq 0 ]
}

# The word is nowhere but where it was asked for.
is_secret() {
  [ "$(<"$RECORD/users.input")" = "$1" ]
  [[ "$output" != *"$1"* ]]
  run grep -rlF -- "$1" "$RECORD" "$CONF"
  [ "$output" = "$RECORD/users.input" ]
}

@test "the password reaches the program by its standard input, and nothing else" {
  start
  served
  [ "$(<"$RECORD/users.arguments")" = "useradd app -r app" ]
  [ -s "$RECORD/server.environment" ]
  is_secret canary-word
}

@test "a password is taken as it is: quotes, spaces, backslashes, and the end of its line" {
  printf '%s\n' ' "a\b'\'' $c* ' >"$CREDENTIALS_DIR/password"
  start
  served
  is_secret ' "a\b'\'' $c* '
}

@test "a password that the program does not take is refused with its words" {
  export FAIL=1
  start
  refused "without the application's user the server is not started"
  [[ "$output" == *"at least [6] characters"* ]]
  [[ "$output" != *canary-word* ]]
}

@test "a Secret without a password is refused" {
  : >"$CREDENTIALS_DIR/password"
  start
  refused 'the Secret has no key "password"'
  rm "$CREDENTIALS_DIR/password"
  start
  refused 'the Secret has no key "password"'
}

@test "the certificate is copied beside the settings, for nobody else's eyes; without TLS there is none" {
  start
  served
  [ ! -e "$CONF/tls" ]
  certificate one
  start
  served
  [ "$(<"$CONF/tls/tls.crt")" = "certificate one" ]
  [ "$(stat -c %a "$CONF/tls/tls.key")" = 600 ]
  [ "$(ls -A "$CONF/tls")" = $'tls.crt\ntls.key' ]
}

@test "nothing has changed: nothing is run" {
  certificate one
  start
  look
  [ "$output" = "" ]
  [ "$(wc -l <"$RECORD/users.arguments")" = 1 ]
}

@test "a changed password is given to the server once" {
  start
  printf 'another-word' >"$CREDENTIALS_DIR/password"
  look
  [[ "$output" == *"was given the password"* ]]
  [ "$(tail -n 1 "$RECORD/users.arguments")" = "passwd app" ]
  is_secret another-word
  look
  [ "$output" = "" ]
  [ "$(wc -l <"$RECORD/users.arguments")" = 2 ]
}

@test "a renewed certificate is put in the place of the old one" {
  certificate one
  start
  certificate two
  look
  [[ "$output" == *"the certificate"* ]]
  [ "$(<"$CONF/tls/tls.crt")" = "certificate two" ]
  [ "$(<"$CONF/tls/tls.key")" = "private two" ]
}

@test "what fails is tried again at the next look" {
  start
  printf 'another-word' >"$CREDENTIALS_DIR/password"
  FAIL=1 look
  [[ "$output" == *"was not written"* ]]
  look
  [[ "$output" == *"was given the password"* ]]
}

@test "while the configuration is being put together, or a Secret is being replaced, nothing is changed" {
  start
  rm "$CONF/.applied"
  printf 'another-word' >"$CREDENTIALS_DIR/password"
  look
  echo before >"$CONF/.applied"
  rm "$CREDENTIALS_DIR/password"
  look
  [ "$output" = "" ]
  [ "$(<"$CONF/.applied")" = before ]
  [ "$(wc -l <"$RECORD/users.arguments")" = 1 ]
}

@test "the sidecar ends at once when it is told to" {
  local result=0 before
  start
  "$SCRIPTS/renew.sh" >"$RECORD/log" 3>&- &
  until [ -s "$RECORD/log" ]; do sleep 0.1; done
  before=$SECONDS
  kill -s TERM "$!"
  wait "$!" || result=$?
  [ "$result" -eq 0 ]
  [ $((SECONDS - before)) -le 2 ]
}
