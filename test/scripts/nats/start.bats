#!/usr/bin/env bats
# start.sh with a stub for the server, under the shell that /bin/sh is here.

load common.bash

setup() { prepare; }

teardown() {
  if [ -n "${SERVER:-}" ]; then kill "$SERVER" 2>/dev/null || :; fi
}

start() { run "$SCRIPTS/start.sh"; }

refused() {
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: $1"* ]]
  [ ! -e "$STUB_LOG" ]
}

@test "on an empty volume the server gets a folder that is marked with its version, and the users" {
  start
  [ "$status" -eq 0 ]
  [ "$(cat "$DATA_DIR/.version")" = 2.15.1 ]
  [ -d "$VOLUME_DIR/lost+found" ]
  [[ "$(cat "$STUB_LOG")" == *" with --config $CONFIG_DIR/nats.conf" ]]
}

@test "the server takes the place of the script" {
  "$SCRIPTS/start.sh" &
  local pid=$!
  wait "$pid"
  [[ "$(cat "$STUB_LOG")" == "started by $pid with "* ]]
}

@test "a second start, and one after an interrupted first, is like the first" {
  mkdir -p "$DATA_DIR"
  echo 2.15 >"$DATA_DIR/.version.new"
  start
  [ "$status" -eq 0 ]
  [ "$(cat "$DATA_DIR/.version")" = 2.15.1 ]
  start
  [ "$status" -eq 0 ]
  mkdir "$DATA_DIR/jetstream"
  start
  [ "$status" -eq 0 ]
  [ "$(wc -l <"$STUB_LOG")" -eq 3 ]
}

@test "an empty volume is refused where data was declared, and data is not" {
  DATA_MUST_EXIST=true start
  refused "the volume holds no data in $DATA_DIR/jetstream, but existing data was declared"
  [ ! -e "$DATA_DIR" ]
  mkdir -p "$DATA_DIR/jetstream"
  DATA_MUST_EXIST=true start
  [ "$status" -eq 0 ]
  [[ "$output" == *"holds data of an unknown version"* ]]
}

@test "data elsewhere on the volume is refused, and left as it is" {
  local folder
  for folder in jetstream old/jetstream old/nats/jetstream; do
    mkdir -p "$VOLUME_DIR/$folder"
    start
    refused "data found in $VOLUME_DIR/$folder"
    [ -d "$VOLUME_DIR/$folder" ]
    rm -rf "${VOLUME_DIR:?}/${folder%%/*}"
  done
}

@test "files of something else are refused, and left as they are" {
  mkdir "$DATA_DIR"
  touch "$DATA_DIR/ibdata1"
  start
  refused "$DATA_DIR is not empty and has no folder jetstream"
  [ -e "$DATA_DIR/ibdata1" ]
  [ ! -e "$DATA_DIR/.version" ]
}

@test "data of a newer release is refused, and of an older one is taken and marked" {
  mkdir -p "$DATA_DIR/jetstream"
  echo 2.16.0 >"$DATA_DIR/.version"
  start
  refused "the data was last used by version 2.16.0, this is 2.15.1"
  [ "$(cat "$DATA_DIR/.version")" = 2.16.0 ]
  echo 2.9.25 >"$DATA_DIR/.version"
  start
  [ "$status" -eq 0 ]
  [ "$(cat "$DATA_DIR/.version")" = 2.15.1 ]
}

@test "an image of another version is refused before anything is made" {
  STUB_VERSION=3.0.0 start
  refused 'the image runs "nats-server: v3.0.0", declared is version 2'
  [ ! -e "$DATA_DIR" ]
}

@test "a candidate of a release is a version too" {
  STUB_VERSION=2.16.0-RC.1 start
  [ "$status" -eq 0 ]
  rm "$STUB_LOG"
  start
  refused "the data was last used by version 2.16.0-RC.1, this is 2.15.1"
}

@test "the users are in memory with their passwords, in quotes, for nobody but the server" {
  start
  [ "$status" -eq 0 ]
  # shellcheck disable=SC2016
  [ "$(cat "$RUN_DIR/users.conf")" = 'authorization {
  timeout: 10
  users = [
    { user: "app", password: "ge\"heim\\1$x" }
    { user: "audit", permissions: { publish: { deny: [">"] } }, password: "zweites" }
  ]
}' ]
  [ "$(stat -c %a "$RUN_DIR/users.conf")" = 600 ]
  [[ "$output$(cat "$STUB_LOG")" != *heim* ]]
  run grep -rl zweites "$VOLUME_DIR" "$CONFIG_DIR"
  [ "$output" = '' ]
}

@test "without a password nobody gets in: the server is not started" {
  local bad
  for bad in '' $'\n' $'a\nb\n'; do
    printf %s "$bad" >"$CREDENTIALS_DIR/reader"
    start
    refused "the server is not started without the passwords of all users"
  done
  rm "$CREDENTIALS_DIR/reader"
  start
  refused "the server is not started without the passwords of all users"
  [ ! -e "$RUN_DIR/users.conf" ]
}

@test "while another pod holds the volume, nothing is touched" {
  exec 8>>"$VOLUME_DIR/.lock"
  flock -x 8
  timeout 2 "$SCRIPTS/start.sh" 8>&- >"$BATS_TEST_TMPDIR/log" 2>&1 && false
  grep -q "another pod holds $VOLUME_DIR/.lock" "$BATS_TEST_TMPDIR/log"
  [ ! -e "$DATA_DIR" ]
}

@test "a new password is applied while the server runs, and a bad one is not" {
  STUB_RUNS=yes "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
  SERVER=$!
  eventually 5 grep -q started "$STUB_LOG"
  sleep 0.5
  printf neu >"$CREDENTIALS_DIR/password"
  eventually 5 grep -q reloaded "$STUB_LOG"
  grep -q '"neu"' "$RUN_DIR/users.conf"
  : >"$CREDENTIALS_DIR/password"
  eventually 5 grep -q 'nothing is changed' "$BATS_TEST_TMPDIR/log"
  grep -q '"neu"' "$RUN_DIR/users.conf"
  printf neuer >"$CREDENTIALS_DIR/password"
  eventually 5 grep -q '"neuer"' "$RUN_DIR/users.conf"
  eventually 5 test "$(grep -c reloaded "$STUB_LOG")" -ge 1
  run grep neu "$BATS_TEST_TMPDIR/log"
  [ "$output" = '' ]
  [ "$(grep -c 'nothing is changed' "$BATS_TEST_TMPDIR/log")" -eq 1 ]
}

@test "a grown volume and a renewed certificate are applied while the server runs" {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  touch "$TLS_DIR/tls.crt" "$TLS_DIR/tls.key"
  STUB_RUNS=yes "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
  SERVER=$!
  eventually 5 grep -q started "$STUB_LOG"
  sleep 0.5
  [ "$(grep -c reloaded "$STUB_LOG")" -eq 0 ]
  echo 'max_file_store: 2' >"$CONFIG_DIR/storage.conf"
  eventually 5 grep -q reloaded "$STUB_LOG"
  echo new >"$TLS_DIR/tls.crt"
  reloaded_twice() { [ "$(grep -c reloaded "$STUB_LOG")" -eq 2 ]; }
  eventually 5 reloaded_twice
}

@test "what reloads ends with the server" {
  STUB_RUNS=yes "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
  SERVER=$!
  eventually 5 grep -q started "$STUB_LOG"
  local watcher
  watcher=$(pgrep -P "$SERVER" -f "$SCRIPTS/reload.sh")
  kill "$SERVER"
  wait "$SERVER"
  watcher_gone() { ! kill -0 "$watcher" 2>/dev/null; }
  eventually 5 watcher_gone
}
