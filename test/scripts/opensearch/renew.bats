#!/usr/bin/env bats
# shellcheck disable=SC2016 # what other shells expand, and a hash of bcrypt
# renew.sh of OpenSearch on stubs of curl and of the plugin's program.

setup() {
  load common
  image opensearch 3.9.0
  export OPENSEARCH_PATH_CONF=$CONF TLS_DIR=$BATS_TEST_TMPDIR/tls PATH="$STUBS:$PATH"
  printf 'canary-of-"admin' >"$CREDENTIALS_DIR/admin-password"
  mkdir -p "$TLS_DIR" "$CONF" "$SERVER_HOME/plugins/opensearch-security/tools"
  cp "$BATS_TEST_DIRNAME/stubs/hash.sh" "$SERVER_HOME/plugins/opensearch-security/tools/hash.sh"
  certificate one '-----BEGIN PRIVATE KEY-----'
}

certificate() { # TEXT FIRST LINE OF THE KEY
  echo "certificate $1" >"$TLS_DIR/tls.crt"
  printf '%s\n%s\n' "$2" "$1" >"$TLS_DIR/tls.key"
}

look() { # password or certificate
  run bash -c 'source "$SCRIPTS/renew.sh"; look_at_'"$1"
  [ "$status" -eq 0 ]
}

@test "a password that the server knows, or a server that does not answer yet: nothing is done" {
  local code
  for code in 200 503 ''; do
    rm -f "$RECORD/code"
    if [[ -n "$code" ]]; then echo "$code" >"$RECORD/code"; fi
    look password
    [ "$output" = "" ]
  done
  [ ! -e "$RECORD/hash.input" ]
  [ "$(grep -c 'url = ' "$RECORD/curl.config")" = 3 ]
}

@test "another password is given to the server as a hash, by the administrator" {
  echo 401 >"$RECORD/code"
  echo 200 >"$RECORD/code.put"
  look password
  [[ "$output" == *'has taken the password of the Secret for the user "app"'* ]]
  [ "$(tail -n 5 "$RECORD/curl.config")" = 'user = "admin:canary-of-\"admin"
url = "http://127.0.0.1:9200/_plugins/_security/api/internalusers/app"
request = "PUT"
header = "Content-Type: application/json"
data = "{\"hash\": \"$2y$12$00000000000000000000000000000000000000000000000000011\"}"' ]
  [[ "$(<"$RECORD/curl.arguments")" != *canary* ]]
}

@test "an administrator whose password is not known either is said, without any password" {
  echo 401 | tee "$RECORD/code" >"$RECORD/code.put"
  look password
  [[ "$output" == *'took no new one from "admin": 401'* ]]
  [[ "$output" != *canary* ]]
  FAIL=1 look password
  [[ "$output" == *"made no hash"* ]]
}

@test "the same failure is said once a minute" {
  echo 401 | tee "$RECORD/code" >"$RECORD/code.put"
  run bash -c 'source "$SCRIPTS/renew.sh"; look_at_password; look_at_password'
  [ "$status" -eq 0 ]
  [ "$(wc -l <<<"$output")" = 1 ]
}

@test "a renewed certificate takes the place of the old one, and an unreadable one does not" {
  look certificate
  [ ! -e "$CONF/tls" ]
  mkdir "$CONF/tls"
  cp "$TLS_DIR"/* "$CONF/tls"
  look certificate
  [ "$output" = "" ]
  certificate two '-----BEGIN RSA PRIVATE KEY-----'
  look certificate
  [[ "$output" == *"not PKCS#8"* ]]
  [ "$(<"$CONF/tls/tls.crt")" = "certificate one" ]
  certificate three '-----BEGIN PRIVATE KEY-----'
  look certificate
  [[ "$output" == *"was renewed"* ]]
  [ "$(<"$CONF/tls/tls.crt")" = "certificate three" ]
  [ "$(<"$CONF/tls/tls.key")" = $'-----BEGIN PRIVATE KEY-----\nthree' ]
  rm "$TLS_DIR/tls.key"
  look certificate
  [ "$output" = "" ]
}

@test "the sidecar looks at both, and ends at once when it is told to" {
  local result=0 before
  echo 401 >"$RECORD/code"
  echo 200 >"$RECORD/code.put"
  mkdir "$CONF/tls"
  cp "$TLS_DIR"/* "$CONF/tls"
  certificate two '-----BEGIN PRIVATE KEY-----'
  "$SCRIPTS/renew.sh" >"$RECORD/log" 2>&1 3>&- &
  until grep -q "has taken" "$RECORD/log"; do sleep 0.1; done
  before=$SECONDS
  kill -s TERM "$!"
  wait "$!" || result=$?
  [ "$result" -eq 0 ]
  [ $((SECONDS - before)) -le 2 ]
  grep -q "was renewed" "$RECORD/log"
}
