#!/usr/bin/env bats
# The scripts of Valkey with the programs of Redis: what differs. Everything else is in test/scripts/valkey.

setup() {
  load common
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=$BATS_TEST_TMPDIR/config
  export CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials DATA_DIR=$BATS_TEST_TMPDIR/data/db DATA_MUST_EXIST=false
  export SERVER=redis-server CHECKER=redis-check-rdb CLIENT=redis-cli PRODUCT=Redis ENGINE=redis RESTORE=false DB_VERSION=7.2 ADMIN=stateful-admin LOG_LAYOUT=folder
  export PORT=6379 TLS_ONLY=false PROBE_TIMEOUT=3
  mkdir -p "$VOLUME_DIR" "$RUN_DIR" "$CONFIG_DIR" "$CREDENTIALS_DIR"
  # shellcheck disable=SC2088 # a pattern of keys
  echo 'app password ~* &* +@all' >"$CONFIG_DIR/users.list"
  echo canary >"$CREDENTIALS_DIR/password"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

@test "an empty volume gets an append-only file, and the server of Redis becomes this process" {
  start
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER $CONFIG_DIR/server.conf"* ]]
  [ -s "$DATA_DIR/appendonlydir/appendonly.aof.manifest" ]
  [[ "$output" == *"user app on #"* ]]
}

@test "a series with two numbers is told from the others" {
  local version
  for version in 7.4.1 7.20.1 8.0.2 70.2.0; do
    STUB_VERSION="Redis server v=$version sha=00000000:0" start
    echo "$version: $output"
    [ "$status" -eq 1 ]
    [[ "$output" == *"REFUSED: "*"declared is Redis 7.2"* ]]
  done
  STUB_VERSION='Redis server v=8.0.2 sha=00000000:0' DB_VERSION=8 start
  [ "$status" -eq 0 ]
}

@test "Valkey in its place is refused" {
  STUB_VERSION='Valkey server v=7.2.5 sha=00000000:0' start
  [ "$status" -eq 1 ]
  [[ "$output" == *"declared is Redis 7.2"* ]]
}

@test "data of Valkey 9 and of Redis 8 are refused: 7.2 cannot read them" {
  local format
  mkdir -p "$DATA_DIR"
  for format in VALKEY080 REDIS0012; do
    printf '%sdata' "$format" >"$DATA_DIR/dump.rdb"
    start
    [ "$status" -eq 1 ]
    [[ "$output" == *"has the format $format, which Redis 7.2 cannot read"* ]]
  done
}

@test "ready asks with the client of Redis" {
  echo canary >"$RUN_DIR/admin"
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [ "$output" = ready ]
}
