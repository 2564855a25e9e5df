#!/usr/bin/env bats
# The scripts of Valkey with the programs of KeyDB: what differs. Everything else is in test/scripts/valkey.

setup() {
  load common
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=$BATS_TEST_TMPDIR/config
  export CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials DATA_DIR=$BATS_TEST_TMPDIR/data/db DATA_MUST_EXIST=false
  export SERVER=keydb-server CHECKER=keydb-check-rdb PRODUCT=KeyDB ENGINE=keydb RESTORE=false DB_VERSION=6 ADMIN=stateful-admin LOG_LAYOUT='file'
  mkdir -p "$VOLUME_DIR" "$RUN_DIR" "$CONFIG_DIR" "$CREDENTIALS_DIR"
  # shellcheck disable=SC2088 # a pattern of keys
  echo 'app password ~* &* +@all' >"$CONFIG_DIR/users.list"
  echo canary >"$CREDENTIALS_DIR/password"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
}

@test "an empty volume gets an append-only file of one piece, and the server of KeyDB becomes this process" {
  start
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER $CONFIG_DIR/server.conf"* ]]
  [ -e "$DATA_DIR/appendonly.aof" ]
  [ ! -e "$DATA_DIR/appendonlydir" ]
}

@test "a second start keeps it" {
  mkdir -p "$DATA_DIR"
  printf 'REDIS0009data' >"$DATA_DIR/appendonly.aof"
  printf 'REDIS0009other' >"$DATA_DIR/dump.rdb"
  DATA_MUST_EXIST=true start
  [ "$status" -eq 0 ]
  [ "$(<"$DATA_DIR/appendonly.aof")" = REDIS0009data ]
}

@test "a snapshot without an append-only file is copied into one" {
  mkdir -p "$DATA_DIR"
  printf 'REDIS0009data' >"$DATA_DIR/dump.rdb"
  DATA_MUST_EXIST=true start
  [ "$status" -eq 0 ]
  [ "$(<"$DATA_DIR/appendonly.aof")" = REDIS0009data ]
  [ ! "$DATA_DIR/appendonly.aof" -ef "$DATA_DIR/dump.rdb" ]
}

@test "data of a newer server are refused, also in folders that KeyDB does not know" {
  mkdir -p "$DATA_DIR/appendonlydir"
  printf 'REDIS0011data' >"$DATA_DIR/dump.rdb"
  start
  refused "has the format REDIS0011, which KeyDB 6 cannot read"
  rm "$DATA_DIR/dump.rdb"
  echo 'file appendonly.aof.1.incr.aof seq 1 type i' >"$DATA_DIR/appendonlydir/appendonly.aof.manifest"
  start
  refused "which KeyDB 6 cannot read"
  [ ! -e "$DATA_DIR/appendonly.aof" ]
}

@test "another version is refused" {
  STUB_VERSION='KeyDB server v=255.255.255 sha=00000000:0' start
  refused 'declared is KeyDB 6'
}
