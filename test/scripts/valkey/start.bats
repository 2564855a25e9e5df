#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: every refusal, every way to data, and every point where an initialisation can be broken off.

setup() {
  load common
  stub_pod
}

@test "an empty volume gets an append-only file, and the server becomes this process with the lock" {
  start
  served
  [[ "$output" == *"log: file appendonly.aof.1.incr.aof seq 1 type i"* ]]
  [ -e "$LOG_FOLDER/appendonly.aof.1.incr.aof" ]
  [ "$(stat -c %a "$DATA_DIR")" = 700 ]
}

@test "the server inherits the lock and no other descriptor" {
  local before after
  before=$(bash -c 'cd "/proc/$$/fd" && echo [0-9]* 255' 3>&- | tr ' ' '\n' | sort)
  start
  served
  after=$(sed -n 's/^descriptors: //p' <<<"$output" | tr ' ' '\n' | sort)
  [ "$(comm -13 <(echo "$before") <(echo "$after"))" = 9 ]
}

@test "the users are composed of hashes, nobody is let in without a password, and no secret is printed or left readable" {
  local hash
  start
  served
  hash=$(printf 'canary"\\ text' | sha256sum | cut -d ' ' -f 1)
  # shellcheck disable=SC2088
  [[ "$output" == *"user app on #$hash ~* &* +@all -@admin"* ]]
  # Off, but not powerless: the server loads its data as this user.
  [[ "$output" == *"user default off resetpass ~* &* +@all"* ]]
  [[ "$output" == *"user stateful-admin on #$(head -c 64 "$RUN_DIR/admin" | sha256sum | cut -d ' ' -f 1) "* ]]
  run grep -rlF 'canary' "$RUN_DIR" "$VOLUME_DIR"
  [ "$output" = '' ]
  [ "$(stat -c %a "$RUN_DIR/admin" "$RUN_DIR/users.acl" | sort -u)" = 600 ]
}

@test "a line break at the end of the file is no part of the password" {
  printf 'plain\n' >"$CREDENTIALS_DIR/password"
  start
  served
  [[ "$output" == *"#$(printf plain | sha256sum | cut -d ' ' -f 1) "* ]]
}

@test "the administrator's password is random, and stays the same for the life of the pod" {
  start
  local first
  first=$(<"$RUN_DIR/admin")
  [[ "$first" =~ ^[0-9a-f]{64}$ ]]
  start
  [ "$(<"$RUN_DIR/admin")" = "$first" ]
  rm "$RUN_DIR/admin"
  start
  [ "$(<"$RUN_DIR/admin")" != "$first" ]
}

@test "an empty or a missing password is refused" {
  : >"$CREDENTIALS_DIR/password"
  start
  refused "the users cannot be composed"
  [[ "$output" == *"$CREDENTIALS_DIR/password is empty or missing"* ]]
  rm "$CREDENTIALS_DIR/password"
  start
  refused "the users cannot be composed"
}

@test "a second start keeps the data" {
  make_data
  start
  served
  [[ "$output" == *"log: file appendonly.aof.7.incr.aof"* ]]
  [ "$(<"$LOG_FOLDER/appendonly.aof.7.incr.aof")" = 'old data' ]
}

@test "an image of another version, or of another server, is refused" {
  STUB_VERSION='Valkey server v=9.0.0 sha=0' start
  refused 'declared is Valkey 8'
  STUB_VERSION='Valkey server v=80.0.0 sha=0' start
  refused 'declared is Valkey 8'
  STUB_VERSION='Redis server v=8.0.2 sha=0' start
  refused 'declared is Valkey 8'
  STUB_VERSION='' SERVER=false start
  refused 'cannot run false'
  [ ! -e "$DATA_DIR" ]
}

@test "a snapshot without an append-only file is the beginning of one, instead of being ignored" {
  mkdir -p "$DATA_DIR"
  printf 'REDIS0011data' >"$DATA_DIR/dump.rdb"
  DATA_MUST_EXIST=true start
  served
  [[ "$output" == *"the database begins with $DATA_DIR/dump.rdb"* ]]
  [[ "$output" == *"log: file appendonly.aof.1.base.rdb seq 1 type b"* ]]
  [ "$(<"$LOG_FOLDER/appendonly.aof.1.base.rdb")" = 'REDIS0011data' ]
}

@test "a snapshot beside an append-only file is not read, whatever it is, and the log says so" {
  make_data
  printf 'REDIS0099data' >"$DATA_DIR/dump.rdb"
  start
  served
  [[ "$output" == *"dump.rdb is not read"* ]]
  [ "$(<"$LOG_FOLDER/appendonly.aof.7.incr.aof")" = 'old data' ]
}

@test "data of a format that the image cannot read are refused, in a snapshot and in the file" {
  mkdir -p "$DATA_DIR"
  printf 'REDIS0012data' >"$DATA_DIR/dump.rdb"
  start
  refused "dump.rdb has the format REDIS0012, which Valkey 8 cannot read"
  rm "$DATA_DIR/dump.rdb"
  make_data
  printf 'VALKEY080data' >"$LOG_FOLDER/appendonly.aof.7.base.rdb"
  start
  refused "base.rdb has the format VALKEY080"
  printf 'REDIS0011data' >"$LOG_FOLDER/appendonly.aof.7.base.rdb"
  start
  served
}

@test "parts of an append-only file without their manifest are refused, and kept" {
  make_data
  rm "$LOG_FOLDER/appendonly.aof.manifest"
  start
  refused "holds files and no manifest"
  : >"$LOG_FOLDER/appendonly.aof.manifest"
  start
  refused "holds files and no manifest"
  [ "$(<"$LOG_FOLDER/appendonly.aof.7.incr.aof")" = 'old data' ]
}

@test "data in another place of the volume are refused, lost+found is none" {
  mkdir -p "$VOLUME_DIR/lost+found"
  touch "$VOLUME_DIR/dump.rdb"
  start
  refused "data found: $VOLUME_DIR/dump.rdb"
  mkdir "$VOLUME_DIR/redis"
  mv "$VOLUME_DIR/dump.rdb" "$VOLUME_DIR/redis/appendonly.aof"
  start
  refused "data found: $VOLUME_DIR/redis/appendonly.aof"
  mv "$VOLUME_DIR/redis/appendonly.aof" "$VOLUME_DIR/lost+found/dump.rdb"
  start
  served
}

@test "an append-only file of one piece, of an older server, is left to the server" {
  mkdir -p "$DATA_DIR"
  echo 'REDIS0009 file one' >"$DATA_DIR/appendonly.aof"
  start
  [ "$status" -eq 0 ]
  [ ! -e "$LOG_FOLDER" ]
}

@test "where the file is one piece, an empty volume gets it, and a snapshot becomes a copy of it" {
  LOG_LAYOUT='file' start
  [ "$status" -eq 0 ]
  [ -e "$DATA_DIR/appendonly.aof" ]
  [ ! -e "$LOG_FOLDER" ]
  rm "$DATA_DIR/appendonly.aof"
  printf 'REDIS0009' >"$DATA_DIR/dump.rdb"
  LOG_LAYOUT='file' start
  [ "$status" -eq 0 ]
  printf 'more' >>"$DATA_DIR/appendonly.aof"
  [ "$(<"$DATA_DIR/appendonly.aof") $(<"$DATA_DIR/dump.rdb")" = 'REDIS0009more REDIS0009' ]
}

@test "an empty volume is refused when data were declared" {
  DATA_MUST_EXIST=true start
  refused "existing data was declared"
  [ ! -e "$DATA_DIR" ]
  make_data
  DATA_MUST_EXIST=true start
  served
}

@test "what a killed rewrite has left is removed, and nothing else" {
  make_data
  touch "$DATA_DIR/temp-rewriteaof-bg-7.aof" "$DATA_DIR/temp-7.rdb" "$DATA_DIR/other"
  start
  served
  [ "$(cd "$DATA_DIR" && echo *)" = 'appendonlydir other' ]
}

nothing() { :; }
snapshot() { mkdir -p "$DATA_DIR" && printf 'REDIS0011data' >"$DATA_DIR/dump.rdb"; }
empty_folder() { mkdir -p "$LOG_FOLDER"; }
has_snapshot() { [ "$(<"$LOG_FOLDER/appendonly.aof.1.base.rdb")" = REDIS0011data ]; }

@test "an initialisation broken off at any point is made again or completed" {
  break_off_everywhere nothing nothing
  [ "${point:-0}" -gt 10 ]
}

@test "taking over a snapshot, broken off at any point, is made again or completed" {
  break_off_everywhere snapshot has_snapshot
  [ "${point:-0}" -gt 10 ]
}

@test "an empty folder that another server has left, broken off at any point, is no obstacle" {
  break_off_everywhere empty_folder nothing
  [ "${point:-0}" -gt 10 ]
}

hold_lock() {
  flock --exclusive "$VOLUME_DIR/.lock" sleep "$1" 3>&- &
  HOLDER=$!
  eventually 5 lock_is_held
}
lock_is_held() { ! flock --nonblock "$VOLUME_DIR/.lock" true; }

@test "a volume in use is waited for" {
  hold_lock 2
  start
  served
  [[ "$output" == *"another pod holds"* ]]
}

@test "SIGTERM while waiting ends the start at once" {
  hold_lock 30
  "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- &
  local pid=$! code=0
  eventually 5 says "$BATS_TEST_TMPDIR/output" "another pod holds"
  kill -s TERM "$pid"
  eventually 3 gone "$pid"
  wait "$pid" || code=$?
  pkill -P "$HOLDER" || true
  [ "$code" -eq 143 ]
}

@test "each input is demanded with its meaning" {
  local name
  for name in SERVER CHECKER PRODUCT DATA_DIR VOLUME_DIR DB_VERSION CONFIG_DIR CREDENTIALS_DIR ADMIN RUN_DIR LOG_LAYOUT DATA_MUST_EXIST ENGINE RESTORE; do
    run env -u "$name" "$SCRIPTS/start.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
