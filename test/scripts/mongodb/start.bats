#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: every refusal, the first start, the second, and every point where the first can be broken off.

setup() {
  load common
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/volume CONFIG_DIR=$BATS_TEST_TMPDIR/config RUN_DIR=$BATS_TEST_TMPDIR/run
  export DATA_DIR=$VOLUME_DIR/data DB_MAJOR=8 DATA_MUST_EXIST=false PROBE_TIMEOUT=5 TLS_REQUIRED=false
  # A port of its own for every test, in case that two run at a time.
  export DB_PORT=$((20000 + RANDOM % 20000))
  unset TLS_DIR STUB_VERSION STUB_MODE
  mkdir -p "$VOLUME_DIR" "$CONFIG_DIR" "$RUN_DIR"
  echo 2560 >"$CONFIG_DIR/oplog-size"
}

teardown() { pkill -f "answers.js .* $((DB_PORT + 1))\$" || true; }

start() { run "$SCRIPTS/start.sh" 3>&-; }

# A database as a finished initialisation leaves it; $1 is its path, $2 the mark beside it.
make_data() {
  mkdir -p "$1"
  touch "$1/WiredTiger" "$1/storage.bson"
  echo "complete" >"$1/complete"
  if [ -n "${2:-}" ]; then echo "$2" >"$1.version"; fi
}

refused() {
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER --config $CONFIG_DIR/mongod.conf --oplogSize 2560"* ]]
  [[ "$output" == *"data: complete"* ]]
  [[ "$output" == *"lock: held"* ]]
  [ "$(cat "$DATA_DIR.version")" = "$DB_MAJOR" ]
  [ ! -e "$DATA_DIR.initializing" ]
}

@test "an empty volume gets a database that is made beside, and the server becomes this process with the lock" {
  start
  served
  [[ "$output" == *"creating a database of version 8 in $DATA_DIR"* ]]
  [[ "$output" != *"no mark"* ]]
  [ "$(stat -c %a "$DATA_DIR")" = 700 ]
}

@test "the first server is on another port and this address alone, where no client and no companion finds it" {
  start
  served
  [ "$(cat "$BATS_TEST_TMPDIR/first.arguments")" = \
    "--config $CONFIG_DIR/mongod.conf --dbpath $DATA_DIR.initializing --bind_ip 127.0.0.1 --port $((DB_PORT + 1))" ]
}

@test "a second start keeps the data and makes none" {
  start
  rm "$BATS_TEST_TMPDIR/first.arguments"
  start
  served
  [ ! -e "$BATS_TEST_TMPDIR/first.arguments" ]
}

@test "every start makes a key file of its own, in base64 and for its owner alone" {
  local first
  start
  served
  [[ "$output" == *"keyfile: 400 512"* ]]
  first=$(<"$RUN_DIR/keyfile")
  [[ "$first" =~ ^[A-Za-z0-9+/]{512}$ ]]
  start
  served
  [ "$(<"$RUN_DIR/keyfile")" != "$first" ]
}

@test "certificate and key become one file for its owner alone, also without a line break at the end" {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  printf 'CERTIFICATE' >"$TLS_DIR/tls.crt"
  printf 'PRIVATE\n' >"$TLS_DIR/tls.key"
  start
  served
  [ "$(<"$RUN_DIR/server.pem")" = $'CERTIFICATE\nPRIVATE' ]
  [ "$(stat -c %a "$RUN_DIR/server.pem")" = 400 ]
  [[ "$output" != *PRIVATE* ]]
}

@test "without TLS there is no such file" {
  start
  served
  [ ! -e "$RUN_DIR/server.pem" ]
}

@test "an image of another series is refused, a minor release too" {
  local version
  for version in 'db version v7.0.37' 'db version v8.2.2' 'db version v9.0.0' 'mongod 8.0'; do
    STUB_VERSION=$version start
    refused "declared is version 8.0"
  done
  [ ! -e "$DATA_DIR" ]
}

@test "a processor without AVX is named" {
  STUB_VERSION=illegal start
  refused "the processor of this node lacks"
}

@test "data of a newer major are refused, and not touched" {
  make_data "$DATA_DIR" 9
  start
  refused "version 9 has opened $DATA_DIR, this is version 8: MongoDB has no way back"
  [ "$(cat "$DATA_DIR.version")" = 9 ]
}

@test "data of the major before are opened, with a word that there is no way back, and marked" {
  make_data "$DATA_DIR" 7
  start
  served
  [[ "$output" == *"version 8 opens data of version 7 from now on: there is no way back"* ]]
}

@test "data two majors back are refused" {
  make_data "$DATA_DIR" 6
  start
  refused "MongoDB goes up one major at a time. Run version 7 first"
}

@test "data without a mark are left to the server, and marked from then on" {
  make_data "$DATA_DIR"
  start
  served
  [[ "$output" == *"the data have no mark of their version"* ]]
}

@test "a mark that is none is refused" {
  make_data "$DATA_DIR" 'eight'
  start
  refused 'holds "eight", which is no version'
}

@test "data at the root of the volume, or in another folder, are refused" {
  make_data "$VOLUME_DIR"
  start
  refused "a database was found in $VOLUME_DIR, declared is $DATA_DIR"
  rm -rf "${VOLUME_DIR:?}"/* "$VOLUME_DIR.version"
  make_data "$VOLUME_DIR/old/db"
  start
  refused "a database was found in $VOLUME_DIR/old/db"
  [ -e "$VOLUME_DIR/old/db/complete" ]
}

@test "lost+found is no data" {
  mkdir "$VOLUME_DIR/lost+found"
  start
  served
}

@test "a folder that is not empty and holds no database is refused" {
  mkdir "$DATA_DIR"
  touch "$DATA_DIR/something"
  start
  refused "is not empty and holds no database"
  [ -e "$DATA_DIR/something" ]
}

@test "an empty folder is no obstacle" {
  mkdir "$DATA_DIR"
  start
  served
}

@test "an empty volume is refused when data were declared, and existing data satisfy it" {
  DATA_MUST_EXIST=true start
  refused "existing data was declared"
  [ ! -e "$DATA_DIR" ]
  make_data "$DATA_DIR" 8
  DATA_MUST_EXIST=true start
  served
}

@test "data of another owner are refused with both numbers" {
  make_data "$DATA_DIR" 8
  mkdir "$BATS_TEST_TMPDIR/bin"
  if [ "$(id -u)" -eq 0 ]; then
    # Root may write everywhere: without the file there is nothing that it could write to.
    rm "$DATA_DIR/WiredTiger"
  else
    chmod 0400 "$DATA_DIR/WiredTiger"
  fi
  start
  refused "belongs to uid $(id -u), this container runs as uid $(id -u)"
}

@test "a first server that ends, hangs up or stops uncleanly leaves no database, and the next start makes one" {
  local mode
  for mode in ends unclean; do
    STUB_MODE=$mode start
    [ "$status" -eq 1 ]
    [[ "$output" == *"REFUSED: the server did not "* ]]
    [[ "$output" != *SERVER* ]]
    [ ! -e "$DATA_DIR" ]
  done
  start
  served
}

@test "a first start broken off at any point is made again or completed" {
  local program point
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK/bin"
  for program in mkdir rm mv sync chmod; do ln -s "$STUBS/break-off" "$BREAK/bin/$program"; done
  for ((point = 1; ; point++)); do
    rm -rf "${VOLUME_DIR:?}"/* "$BREAK/hit"
    echo 0 >"$BREAK/count"
    echo "$point" >"$BREAK/point"
    PATH=$BREAK/bin:$PATH start
    if [ ! -e "$BREAK/hit" ]; then
      served
      break
    fi
    echo "point $point: $(cat "$BREAK/hit")"
    [[ "$output" != *SERVER* ]]
    pkill -f "answers.js .* $((DB_PORT + 1))\$" || true
    start
    served
  done
  echo "$point points"
  [ "$point" -gt 15 ]
}

@test "a volume that stays in use is refused, and nothing is touched" {
  flock --exclusive "$VOLUME_DIR/.lock" sleep 30 3>&- &
  local holder=$!
  eventually 5 lock_is_held
  # The limit itself is not waited for: sleep is a stub, the count of seconds is real.
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\n' >"$BATS_TEST_TMPDIR/bin/sleep"
  chmod 755 "$BATS_TEST_TMPDIR/bin/sleep"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH start
  pkill -P "$holder" || true
  refused "another pod on this node still uses the volume"
  [ ! -e "$DATA_DIR" ]
}
lock_is_held() { ! flock --nonblock "$VOLUME_DIR/.lock" true; }

@test "each input is demanded with its meaning" {
  local name
  for name in VOLUME_DIR DATA_DIR RUN_DIR CONFIG_DIR DB_MAJOR DATA_MUST_EXIST DB_PORT PROBE_TIMEOUT TLS_REQUIRED; do
    run env -u "$name" "$SCRIPTS/start.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
