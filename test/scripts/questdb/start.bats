#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: first and later starts, every refusal, and where the password goes.

setup() {
  load common
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data DATA_DIR=$BATS_TEST_TMPDIR/data/root CONFIG_DIR=/opt/stateful/config
  export RUN_DIR=$BATS_TEST_TMPDIR/run APP_DIR=$BATS_TEST_TMPDIR/app ENTRYPOINT=$STUBS/entrypoint
  export DB_MAJOR=9 DATA_MUST_EXIST=false JVM_PREPEND=-Xmx1m QDB_PG_PASSWORD_FILE=$BATS_TEST_TMPDIR/password
  mkdir -p "$VOLUME_DIR" "$RUN_DIR" "$APP_DIR/libs"
  touch "$APP_DIR/libs/questdb-9.4.3.jar"
  echo canary >"$QDB_PG_PASSWORD_FILE"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER 0 arguments"* ]]
  [[ "$output" == *"root: $DATA_DIR $DATA_DIR"* ]]
  [[ "$output" == *"conf: $CONFIG_DIR/server.conf"* ]]
  [[ "$output" == *"lock: held"* ]]
}

make_data() {
  mkdir -p "$DATA_DIR/db"
  echo rows >"$DATA_DIR/db/table"
  touch "$DATA_DIR/db/_tab_index.d"
  echo "$1" >"$DATA_DIR/.major"
}

@test "an empty volume gets its root folder, and the image's own script becomes this process with the lock" {
  mkdir "$VOLUME_DIR/lost+found"
  start
  served
  [ -d "$DATA_DIR/db" ]
  [[ "$output" == *"mark: 9"* ]]
  [ ! -e "$DATA_DIR.initializing" ]
}

@test "the second start keeps everything of the database, and makes conf and public anew" {
  make_data 9
  mkdir "$DATA_DIR/conf" "$DATA_DIR/public"
  echo half >"$DATA_DIR/public/version.txt"
  echo half >"$DATA_DIR/conf/mime.types"
  start
  served
  [ "$(cat "$DATA_DIR/db/table")" = rows ]
  [ ! -e "$DATA_DIR/public" ]
  [ ! -e "$DATA_DIR/conf/mime.types" ]
}

@test "what an interrupted initialisation left is thrown away" {
  mkdir -p "$DATA_DIR.initializing/db"
  echo half >"$DATA_DIR.initializing/db/half"
  start
  served
  [ ! -e "$DATA_DIR/db/half" ]
}

@test "the password is in a file of its own in memory, and in no variable" {
  umask 022
  start
  served
  [[ "$output" == *"http file: $RUN_DIR/started-with"* ]]
  [ "$(cat "$RUN_DIR/started-with")" = canary ]
  [ "$(stat -c %a "$RUN_DIR/started-with")" = 600 ]
  run grep -c canary "$BATS_TEST_TMPDIR/environment"
  [ "$output" = 0 ]
}

@test "without a password nothing is started" {
  : >"$QDB_PG_PASSWORD_FILE"
  start
  refused 'the Secret of the credentials has no key "password", or an empty one'
  rm "$QDB_PG_PASSWORD_FILE"
  start
  refused 'has no key "password"'
}

@test "data at the root of the volume, or of another layout, is not passed over" {
  mkdir "$VOLUME_DIR/db"
  start
  refused "data found in $VOLUME_DIR; this server has its data in $DATA_DIR"
  rmdir "$VOLUME_DIR/db"
  mkdir -p "$VOLUME_DIR/other/db"
  start
  refused "data found in $VOLUME_DIR/other"
}

@test "a folder with something else in it is not made a database" {
  mkdir -p "$DATA_DIR/something"
  start
  refused "$DATA_DIR is not empty and has no folder db"
  [ -d "$DATA_DIR/something" ]
}

@test "existing data is demanded where it was declared" {
  export DATA_MUST_EXIST=true
  start
  refused "existing data was declared"
  [ ! -e "$DATA_DIR" ]
  make_data 9
  start
  served
}

@test "data of a later major, and a mark that is none, are refused" {
  make_data 10
  start
  refused "$DATA_DIR was used by QuestDB 10, this is 9"
  [ "$(cat "$DATA_DIR/.major")" = 10 ]
  make_data nine
  start
  refused '"nine", which is no version'
}

@test "data of an earlier major is opened, and marked; data without a mark as well" {
  make_data 8
  start
  served
  [[ "$output" == *"mark: 9"* ]]
  rm "$DATA_DIR/.major"
  start
  served
  [[ "$output" == *"mark: 9"* ]]
}

@test "an image of another version is refused, by its module or its jar; one that does not tell is taken as declared" {
  mv "$APP_DIR/libs/questdb-9.4.3.jar" "$APP_DIR/libs/questdb-10.0.1.jar"
  start
  refused "the image runs QuestDB 10.0.1, declared is 9"
  rm "$APP_DIR/libs/questdb-10.0.1.jar"
  start
  served
  [[ "$output" == *"WARNING: the image does not tell its version"* ]]
  mkdir "$APP_DIR/bin"
  printf '#!/bin/sh\necho java.base@25\necho io.questdb@8.3.3\n' >"$APP_DIR/bin/java"
  chmod +x "$APP_DIR/bin/java"
  start
  refused "the image runs QuestDB 8.3.3, declared is 9"
}
