#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on a stub server: boots, refusals, and where the password goes.

setup() {
  load common
  pod
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

refused() {
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER server --config-file=$CONFIG_DIR/config.xml"* ]]
  [[ "$output" == *"lock: held"* ]]
}

@test "an empty volume becomes a folder with its version, by one rename" {
  start
  served
  [ "$(cat "$DATA_DIR/.stateful-version")" = 26.3 ]
  [ ! -e "$DATA_DIR.initializing" ]
}

@test "the second boot makes nothing, and a later series takes the data over" {
  start
  echo rows >"$DATA_DIR/store/rows"
  export DB_SERIES=26.8 STUB_VERSION=26.8.20.9
  start
  served
  [[ "$output" != *"empty volume"* ]]
  [ "$(cat "$DATA_DIR/.stateful-version" "$DATA_DIR/store/rows" | tr '\n' ' ')" = '26.8 rows ' ]
}

@test "what an interrupted start has left is thrown away" {
  mkdir -p "$DATA_DIR.initializing/half"
  start
  served
  [ ! -e "$DATA_DIR/half" ]
}

@test "data of a later series are refused, and untouched" {
  mkdir -p "$DATA_DIR"
  echo 26.10 >"$DATA_DIR/.stateful-version"
  start
  refused "holds data of 26.10, this is 26.3"
  [ "$(cat "$DATA_DIR/.stateful-version")" = 26.10 ]
}

@test "an image of another series is refused before anything is made" {
  export STUB_VERSION=26.8.20.9
  start
  refused "declared is 26.3"
  [ ! -e "$DATA_DIR" ]
}

@test "a folder without a version, and one with something else in it, is refused" {
  mkdir -p "$DATA_DIR/store"
  start
  refused "names no version"
  echo $'26.3\nrm' >"$DATA_DIR/.stateful-version"
  start
  refused "names no version"
}

@test "data in the image's own layout are refused" {
  mkdir "$VOLUME_DIR/metadata"
  start
  refused "$VOLUME_DIR/metadata is data of ClickHouse at the root"
  [ ! -e "$DATA_DIR" ]
}

@test "an empty volume is refused where data were declared" {
  export DATA_MUST_EXIST=true
  start
  refused "existing data was declared"
  [ ! -e "$DATA_DIR" ]
}

@test "a password that is missing, empty, of two lines or with a zero byte is refused" {
  local text
  for text in '' '\n' 'a\nb\n' 'a\0b' 'a\rb'; do
    printf %b "$text" >"$APP_PASSWORD_FILE"
    start
    refused "$APP_PASSWORD_FILE is missing, empty, or more than one line"
  done
  rm "$APP_PASSWORD_FILE"
  start
  refused "$APP_PASSWORD_FILE is missing"
}

@test "the password is a hash, in memory, and nowhere else" {
  start
  served
  [ "$(cat "$RUN_DIR/users/users.d/app.xml")" = "$(hash_file canary-17)" ]
  run grep -rl canary-17 "$VOLUME_DIR" "$RUN_DIR" "$BATS_TEST_TMPDIR/server"
  [ "$output" = "" ]
  # The copy that the server makes of its users is not on the volume.
  [ -e "$RUN_DIR/preprocessed/users.xml" ]
  [ "$(readlink "$DATA_DIR/preprocessed_configs")" = "$RUN_DIR/preprocessed" ]
  run find "$RUN_DIR" -type f -perm /077
  [ "$output" = "" ]
}

@test "hashes that an earlier server has left on the volume are removed" {
  mkdir -p "$DATA_DIR/preprocessed_configs"
  echo 26.3 >"$DATA_DIR/.stateful-version"
  echo old >"$DATA_DIR/preprocessed_configs/users.xml"
  start
  served
  [ -L "$DATA_DIR/preprocessed_configs" ]
}

@test "admin has another password at every start, which its client knows" {
  local one
  start
  one=$(sed -n 's/.*<password>\(.*\)<\/password>.*/\1/p' "$RUN_DIR/client.xml")
  [ "${#one}" -eq 64 ]
  grep -qF "<admin><password_sha256_hex>$(printf %s "$one" | sha256sum | cut -d ' ' -f 1)<" "$RUN_DIR/users/users.d/admin.xml"
  start
  run grep -F "$one" "$RUN_DIR/client.xml"
  [ "$status" -ne 0 ]
  run "$SCRIPTS/client.sh" --query 'SELECT 1'
  [[ "$output" == *"SERVER client --config-file=$RUN_DIR/client.xml --query SELECT 1"* ]]
}

@test "where TLS is required, the client uses it" {
  start
  run grep -c secure "$RUN_DIR/client.xml"
  [ "$output" = 0 ]
  export CLIENT_TLS=true CLIENT_PORT=9440
  start
  grep -qF '<port>9440</port>' "$RUN_DIR/client.xml"
  grep -qF '<secure>1</secure>' "$RUN_DIR/client.xml"
}

@test "a pod that is stopped while it waits for the volume ends" {
  exec 8>>"$VOLUME_DIR/.lock"
  flock -x 8
  "$SCRIPTS/start.sh" 8>&- 3>&- >"$BATS_TEST_TMPDIR/log" 2>&1 &
  local pid=$! code=0
  eventually 5 says "$BATS_TEST_TMPDIR/log" "another pod holds"
  kill -s TERM "$pid"
  wait "$pid" || code=$?
  [ "$code" -eq 143 ]
}
