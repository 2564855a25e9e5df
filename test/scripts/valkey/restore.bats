#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs and with a backup: every refusal, and every point where a restore can be broken off.

setup() {
  load common
  stub_pod
  READY=$VOLUME_DIR/.restore/ready
  MANIFEST=$VOLUME_DIR/.restored.json
  export RESTORE=true
}

# backup [ENGINE [VERSION [CONTENT]]]
backup() {
  mkdir -p "$READY/data"
  printf '%s' "${3:-REDIS0011data}" >"$READY/data/dump.rdb"
  printf '{\n  "format": 1,\n  "id": "7-abc",\n  "engine": "%s",\n  "server": "%s",\n  "started": "2026-11-21T01:02:03Z",\n  "counts": { "db0": 1 }\n}\n' \
    "${1:-valkey}" "${2:-8.1.1}" >"$READY/manifest.json"
}

restored() {
  served
  [[ "$output" == *"restored from backup 7-abc of 2026-11-21T01:02:03Z"* ]]
  has_backup
}

has_backup() {
  [ "$(<"$LOG_FOLDER/appendonly.aof.1.base.rdb")" = REDIS0011data ]
  [ "$(<"$LOG_FOLDER/appendonly.aof.manifest")" = 'file appendonly.aof.1.base.rdb seq 1 type b' ]
  [ ! -e "$VOLUME_DIR/.restore" ]
  grep -q '"id": "7-abc"' "$MANIFEST"
}

kept() {
  refused "$1"
  [ ! -e "$LOG_FOLDER" ]
  [ -s "$READY/manifest.json" ]
  [ -e "$READY/data" ]
  [[ "$output" != *canary* ]]
}

@test "a backup becomes the beginning of the append-only file, and is gone" {
  backup
  start
  [[ "$output" == *"loading backup 7-abc of 2026-11-21T01:02:03Z"* ]]
  restored
}

@test "once restored the database goes on, whether the backup is declared still or no longer" {
  backup
  start
  restored
  echo more >"$LOG_FOLDER/appendonly.aof.1.incr.aof"
  start
  restored
  [[ "$output" != *loading* ]]
  RESTORE=false start
  restored
  [ "$(<"$LOG_FOLDER/appendonly.aof.1.incr.aof")" = more ]
}

@test "a backup that is declared and not there, or there and not declared, is no empty database" {
  start
  refused "a backup was declared as the data source, and none lies"
  [ ! -e "$DATA_DIR" ]
  backup
  RESTORE=false start
  kept "a backup lies in $VOLUME_DIR/.restore, and was not loaded"
}

@test "a backup of another server is refused" {
  backup redis
  start
  kept 'the backup is one of "redis", this is valkey'
  backup ''
  printf '{\n}\n' >"$READY/manifest.json"
  start
  kept 'the backup is one of "", this is valkey'
}

@test "a backup of a later series is refused, and one of the same or an earlier is not" {
  backup valkey 9.0.0
  start
  kept 'the backup comes from version 9.0.0, this is 8'
  backup valkey 10.1
  start
  kept 'the backup comes from version 10.1'
  backup valkey unknown
  start
  kept 'does not say which version'
  backup valkey 8.99.3
  start
  restored
  rm -rf "$DATA_DIR" "$MANIFEST"
  backup valkey 7.2.09
  start
  restored
}

@test "a series of two numbers is compared by both" {
  export STUB_VERSION='Redis server v=7.2.15 sha=0' PRODUCT=Redis DB_VERSION=7.2 ENGINE=redis
  backup redis 7.4.0
  start
  kept 'the backup comes from version 7.4.0, this is 7.2'
  backup redis 8.0.1
  start
  kept 'the backup comes from version 8.0.1'
  backup redis 7.10.0
  start
  kept 'the backup comes from version 7.10.0'
  backup redis 7.2.99
  start
  restored
  rm -rf "$DATA_DIR" "$MANIFEST"
  backup redis 6.9.1
  start
  restored
}

@test "a snapshot that is missing, damaged or of a format that the server cannot read is refused" {
  backup
  rm "$READY/data/dump.rdb"
  start
  kept 'the backup has no snapshot'
  backup valkey 8.1.1 'REDIS0011damaged'
  start
  kept 'cannot load the snapshot of the backup: valkey-check-rdb says "[offset 9] Unexpected EOF'
  backup valkey 8.1.1 'REDIS0011foreign'
  start
  kept 'but loading requires config'
  backup valkey 8.1.1 'REDIS0012data'
  start
  kept 'has the format REDIS0012, which Valkey 8 cannot read'
  backup valkey 8.1.1 'no snapshot at all'
  start
  kept 'cannot load the snapshot of the backup'
}

# slow_checker SECONDS: for a whole file; of its beginning the stub speaks at once.
slow_checker() {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  # shellcheck disable=SC2016
  printf '#!/bin/bash\n[[ "$1" == *format ]] || exec sleep %s\n' "$1" >"$BATS_TEST_TMPDIR/bin/valkey-check-rdb"
  chmod +x "$BATS_TEST_TMPDIR/bin/valkey-check-rdb"
  export PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "a snapshot that takes too long to read is loaded all the same" {
  local scripts=$BATS_TEST_TMPDIR/scripts
  slow_checker 100
  # shellcheck disable=SC2153 # of common.bash
  cp -r "$SCRIPTS" "$scripts"
  sed -i 's/^CHECK_SECONDS=300$/CHECK_SECONDS=1/' "$scripts/restore-rdb.sh"
  backup
  SCRIPTS=$scripts start
  restored
  [[ "$output" == *"too large to be read twice"* ]]
}

@test "SIGTERM while the snapshot is read ends the start at once, and nothing is lost" {
  local pid code=0
  slow_checker 20
  backup
  "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- &
  pid=$!
  eventually 5 test -e "$RUN_DIR/checked"
  kill -s TERM "$pid"
  eventually 3 gone "$pid"
  wait "$pid" || code=$?
  [ "$code" -eq 143 ]
  [ -s "$READY/data/dump.rdb" ]
  [ ! -e "$LOG_FOLDER" ]
}

@test "other data are never mixed with a backup" {
  backup
  mkdir -p "$DATA_DIR"
  printf 'REDIS0011other' >"$DATA_DIR/dump.rdb"
  start
  kept "$DATA_DIR/dump.rdb is there, and a backup is to be loaded"
  mv "$DATA_DIR/dump.rdb" "$VOLUME_DIR/dump.rdb"
  start
  kept "data found: $VOLUME_DIR/dump.rdb"
  rm "$VOLUME_DIR/dump.rdb"
  mkdir -p "$LOG_FOLDER"
  touch "$LOG_FOLDER/appendonly.aof.1.incr.aof"
  start
  refused 'holds files and no manifest'
  rm -rf "$LOG_FOLDER"
  DATA_MUST_EXIST=true start
  kept 'existing data was declared'
}

@test "a snapshot on the volume is no answer to a backup that was declared" {
  mkdir -p "$DATA_DIR"
  printf 'REDIS0011other' >"$DATA_DIR/dump.rdb"
  start
  refused "a backup was declared as the data source, and none lies"
  [ ! -e "$LOG_FOLDER" ]
}

@test "where the file is one piece, it begins as a copy of the backup" {
  backup
  LOG_LAYOUT='file' start
  [ "$status" -eq 0 ]
  [ "$(<"$DATA_DIR/appendonly.aof")" = REDIS0011data ]
  [ ! -e "$LOG_FOLDER" ]
  [ ! -e "$VOLUME_DIR/.restore" ]
}

@test "a restore, broken off at any point, is made again or completed" {
  break_off_everywhere backup has_backup
  [ "${point:-0}" -gt 10 ]
}

one_piece() { [ "$(<"$DATA_DIR/appendonly.aof")" = REDIS0011data ]; }

@test "a restore into one piece, broken off at any point, is made again or completed" {
  export LOG_LAYOUT='file'
  break_off_everywhere backup one_piece
  [ "${point:-0}" -gt 10 ]
}
