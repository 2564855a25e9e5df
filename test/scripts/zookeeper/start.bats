#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: every branch, every refusal, and every point where an initialisation can be broken off.

setup() {
  load common
  # As in the official image: the libraries beside the scripts.
  mkdir -p "$BATS_TEST_TMPDIR/home/bin" "$BATS_TEST_TMPDIR/home/lib"
  cp "$STUBS/zkServer.sh" "$BATS_TEST_TMPDIR/home/bin"
  image 3.9.6
  export PATH="$BATS_TEST_TMPDIR/home/bin:$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=/opt/stateful/config WAL=$BATS_TEST_TMPDIR/wal
  export DATA_FOLDER=$VOLUME_DIR/zookeeper LOG_FOLDER=$VOLUME_DIR/zookeeper-log DB_VERSION=3.9 DATA_MUST_EXIST=false
  export PASSWORD_FILE=$BATS_TEST_TMPDIR/password DB_USER=app SERVER_JVMFLAGS=-Xmx512m
  unset TLS_DIR LOG_VOLUME_DIR
  mkdir -p "$VOLUME_DIR/lost+found" "$WAL/lost+found" "$RUN_DIR"
  printf '%s' 'one' >"$PASSWORD_FILE"
}

image() {
  rm -f "$BATS_TEST_TMPDIR/home/lib"/*
  touch "$BATS_TEST_TMPDIR/home/lib/zookeeper-$1.jar" "$BATS_TEST_TMPDIR/home/lib/zookeeper-jute-$1.jar"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

with_log_volume() { export LOG_VOLUME_DIR=$WAL LOG_FOLDER=$WAL/zookeeper-log; }

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER start-foreground with $CONFIG_DIR and $CONFIG_DIR"* ]]
  [[ "$output" == *"lock: held"* ]]
  [ -n "$(<"$DATA_FOLDER/pair")" ]
  [ "$(<"$DATA_FOLDER/pair")" = "$(<"$LOG_FOLDER/pair")" ]
  [ ! -e "$DATA_FOLDER.initializing" ]
}

records() { wc -l <"$LOG_FOLDER/version-2/log.1"; }

@test "an empty volume gets a pair of folders, and the server becomes this process with the lock" {
  start
  served
  [ "$(<"$DATA_FOLDER/series")" = 3.9 ]
}

@test "the second start keeps everything" {
  start
  local pair
  pair=$(<"$DATA_FOLDER/pair")
  start
  served
  [ "$(<"$DATA_FOLDER/pair")" = "$pair" ]
  [ "$(records)" = 2 ]
}

@test "wherever a first start is broken off, the next one serves, with and without a volume for the log" {
  local point=0 name wal
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK" "$BATS_TEST_TMPDIR/links"
  for name in rm mkdir sync mv rmdir; do ln -s "$STUBS/break-off" "$BATS_TEST_TMPDIR/links/$name"; done
  for wal in no yes; do
    if [[ "$wal" == yes ]]; then with_log_volume; fi
    point=0
    while true; do
      point=$((point + 1))
      rm -rf "${VOLUME_DIR:?}"/* "${WAL:?}"/* "$BREAK/hit"
      echo 0 >"$BREAK/count"
      echo "$point" >"$BREAK/point"
      PATH="$BATS_TEST_TMPDIR/links:$PATH" start
      if [[ ! -e "$BREAK/hit" ]]; then break; fi
      echo "broken off at $point: $(<"$BREAK/hit")"
      [[ "$output" != *SERVER* ]]
      start
      served
    done
    served
    [ "$point" -gt 6 ]
  done
}

@test "snapshots without their log are refused" {
  with_log_volume
  start
  served
  mv "$LOG_FOLDER" "$BATS_TEST_TMPDIR/kept"
  start
  refused "$LOG_FOLDER is not the log that belongs to $DATA_FOLDER"
  mv "$BATS_TEST_TMPDIR/kept" "$LOG_FOLDER"
  start
  served
  [ "$(records)" = 2 ]
}

@test "the log of another tree is refused" {
  with_log_volume
  start
  echo another >"$LOG_FOLDER/pair"
  start
  refused "is not the log that belongs to $DATA_FOLDER"
}

@test "a log without its snapshots is refused, and not touched" {
  with_log_volume
  start
  rm -r "$DATA_FOLDER"
  start
  refused "data found in $LOG_FOLDER, but there is no tree in $DATA_FOLDER"
  [ "$(records)" = 1 ]
}

@test "a log gets a volume of its own, wherever the move is broken off" {
  local point=0 name
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK" "$BATS_TEST_TMPDIR/links"
  for name in rm cp sync mv; do ln -s "$STUBS/break-off" "$BATS_TEST_TMPDIR/links/$name"; done
  while true; do
    point=$((point + 1))
    rm -rf "${VOLUME_DIR:?}"/* "${WAL:?}"/* "$BREAK/hit"
    LOG_VOLUME_DIR='' LOG_FOLDER=$VOLUME_DIR/zookeeper-log start
    [ "$status" -eq 0 ]
    echo 0 >"$BREAK/count"
    echo "$point" >"$BREAK/point"
    with_log_volume
    PATH="$BATS_TEST_TMPDIR/links:$PATH" start
    if [[ ! -e "$BREAK/hit" ]]; then break; fi
    echo "broken off at $point: $(<"$BREAK/hit")"
    start
    served
    [ "$(records)" = 2 ]
    [ ! -e "$VOLUME_DIR/zookeeper-log" ]
  done
  served
  [ "$(records)" = 2 ]
  [ "$point" -gt 4 ]
}

@test "data in another place of the volume are refused, wherever they are" {
  local place
  for place in '' /data; do
    mkdir -p "$VOLUME_DIR$place/version-2"
    start
    refused "data found in $VOLUME_DIR$place, but there is no tree in $DATA_FOLDER"
    rmdir "$VOLUME_DIR$place/version-2"
  done
  start
  served
}

@test "a folder that is not the library's is not touched" {
  mkdir -p "$DATA_FOLDER"
  touch "$DATA_FOLDER/myid"
  start
  refused "$DATA_FOLDER is not empty and has no pair"
  [ -e "$DATA_FOLDER/myid" ]
}

@test "an empty volume is refused where data are declared" {
  export DATA_MUST_EXIST=true
  start
  refused 'existing data was declared'
  [ ! -e "$DATA_FOLDER" ]
}

@test "an image of another series is refused, and one without ZooKeeper" {
  image 3.8.6
  start
  refused 'the image has ZooKeeper "3.8.6", declared is 3.9'
  image 3.90.1
  start
  refused 'the image has ZooKeeper "3.90.1", declared is 3.9'
  rm "$BATS_TEST_TMPDIR/home/bin/zkServer.sh"
  PATH=${PATH//"$STUBS:"/} start
  refused 'the image has no zkServer.sh'
}

@test "an older series is refused on data that a newer one used, and a newer one takes them over" {
  image 3.8.6
  DB_VERSION=3.8 start
  served
  start
  refused 'the image has ZooKeeper "3.8.6"'
  image 3.9.6
  start
  served
  [ "$(<"$DATA_FOLDER/series")" = 3.9 ]
  image 3.8.6
  DB_VERSION=3.8 start
  refused "$DATA_FOLDER was last used by ZooKeeper 3.9, this is 3.8"
  echo 4.0 >"$DATA_FOLDER/series"
  image 3.9.6
  start
  refused "was last used by ZooKeeper 4.0"
}

@test "the login is composed in memory, for nobody else to read, as Java quotes it" {
  printf '%s' "p\"w\\x}\$1'#!:" >"$PASSWORD_FILE"
  start
  served
  # shellcheck disable=SC2016 # as it is
  diff - "$RUN_DIR/login.conf" <<'LOGIN'
Server {
  org.apache.zookeeper.server.auth.DigestLoginModule required
  user_app="p\"w\\x}$1'#!:";
};
LOGIN
  [ "$(stat -c %a "$RUN_DIR/login.conf")" = 600 ]
  [[ "$output" != *'w\x'* ]]
}

@test "a password that Java would change or not read is refused" {
  local bad
  # shellcheck disable=SC2016 # as it is
  for bad in '' $'a\nb' 'größe' 'a${user.name}'; do
    printf '%s' "$bad" >"$PASSWORD_FILE"
    start
    refused "$PASSWORD_FILE is empty, has characters outside ASCII"
  done
}

@test "the certificate is composed in memory, for nobody else to read" {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  certificate one
  start
  served
  [ "$(cat "$RUN_DIR/server.pem")" = "$(cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt")" ]
  [ "$(stat -c %a "$RUN_DIR/server.pem")" = 600 ]
  printf -- '-----BEGIN RSA PRIVATE %s-----\n' KEY >"$TLS_DIR/tls.key"
  start
  refused 'the certificate'
  [[ "$output" == *'privateKey.encoding PKCS8'* ]]
}

@test "everything that has to be said is asked for" {
  local name
  for name in VOLUME_DIR DATA_FOLDER LOG_FOLDER CONFIG_DIR DB_VERSION DATA_MUST_EXIST PASSWORD_FILE DB_USER RUN_DIR SERVER_JVMFLAGS; do
    run env -u "$name" "$SCRIPTS/start.sh" 3>&-
    echo "$name: $output"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
