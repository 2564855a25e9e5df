# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled valkey)
# shellcheck disable=SC2034 # used by the bats files
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS

# start.sh on stub programs: folders, environment and a password.
stub_pod() {
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=$BATS_TEST_TMPDIR/config
  export CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials DATA_DIR=$BATS_TEST_TMPDIR/data/db DATA_MUST_EXIST=false RESTORE=false ENGINE=valkey
  export SERVER=valkey-server CHECKER=valkey-check-rdb PRODUCT=Valkey DB_VERSION=8 ADMIN=stateful-admin LOG_LAYOUT=folder
  unset STUB_VERSION
  mkdir -p "$VOLUME_DIR" "$RUN_DIR" "$CONFIG_DIR" "$CREDENTIALS_DIR"
  # shellcheck disable=SC2088 # a pattern of keys
  echo 'app password ~* &* +@all -@admin' >"$CONFIG_DIR/users.list"
  printf 'canary"\\ text' >"$CREDENTIALS_DIR/password"
  LOG_FOLDER=$DATA_DIR/appendonlydir
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

make_data() {
  mkdir -p "$LOG_FOLDER"
  echo 'file appendonly.aof.7.incr.aof seq 7 type i' >"$LOG_FOLDER/appendonly.aof.manifest"
  echo 'old data' >"$LOG_FOLDER/appendonly.aof.7.incr.aof"
}

# shellcheck disable=SC2154 # of bats
refused() {
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

# shellcheck disable=SC2154 # of bats
served() {
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER $CONFIG_DIR/server.conf"* ]]
  # It has a beginning, even if that is an empty one.
  [[ "$output" == *"log: "[!$'\n']* ]]
  [[ "$output" == *"lock: held"* ]]
}

# Breaks start.sh off at every point, and each time starts it again undisturbed. $1 prepares the volume, $2 checks.
break_off_everywhere() {
  local program
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK/bin"
  for program in mkdir rm touch mv ln cp sync rmdir; do ln -s "$STUBS/break-off" "$BREAK/bin/$program"; done
  for ((point = 1; ; point++)); do
    rm -f "$BREAK/hit"
    find "$VOLUME_DIR" -mindepth 1 -delete
    "$1"
    echo 0 >"$BREAK/count"
    echo "$point" >"$BREAK/point"
    PATH=$BREAK/bin:$PATH start
    if [ ! -e "$BREAK/hit" ]; then
      served
      break
    fi
    [[ "$output" != *SERVER* ]]
    start
    served
    [ ! -e "$LOG_FOLDER.initializing" ]
    "$2"
  done
  echo "$point points"
}
