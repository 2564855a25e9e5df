#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# The official image is Alpine: the scripts of PostgreSQL with the programs of BusyBox first in PATH. Needs busybox.

# What the scripts call and the image has from BusyBox; flock too, which Debian's BusyBox lacks and Alpine's has.
PROGRAMS=(basename cat chmod cp df dirname find id ln ls mkdir mv readlink rm sed sleep stat sync tail timeout touch)

setup() {
  load common
  BOX=$BATS_TEST_TMPDIR/box
  mkdir "$BOX"
  local program stub
  for program in "${PROGRAMS[@]}"; do ln -s "$(command -v busybox)" "$BOX/$program"; done
  for stub in initdb pg_controldata pg_isready postgres; do ln -s "$POSTGRES_STUBS/$stub" "$BOX/$stub"; done
  export PATH="$BOX:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data CONFIG_DIR=/opt/stateful/config DB_MAJOR=17 DATA_MUST_EXIST=false ENGINE=postgres RESTORE=false
  export PGDATA=$VOLUME_DIR/17/docker LOCALE=C.UTF-8 LOCALE_PROVIDER=builtin
  unset WAL_DIR DB_SUPERUSER STUB_VERSION
  mkdir -p "$VOLUME_DIR/lost+found"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

@test "the programs are those of BusyBox" {
  run stat --version
  [[ "$output" == *BusyBox* ]]
}

@test "first boot and second boot" {
  start
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER -D $PGDATA"*"data: complete"* ]]
  [ "$(stat -c %a "$PGDATA")" = 700 ]
  [ ! -e "$PGDATA.initializing" ]
  start
  [ "$status" -eq 0 ]
  [[ "$output" != *"creating a database"* ]]
}

@test "data of another version is found and refused" {
  mkdir -p "$VOLUME_DIR/16/docker/global" "$VOLUME_DIR/16/docker/base/1"
  echo 16 >"$VOLUME_DIR/16/docker/PG_VERSION"
  echo 16 >"$VOLUME_DIR/16/docker/base/1/PG_VERSION"
  touch "$VOLUME_DIR/16/docker/global/pg_control"
  start
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: data of version 16 found in $VOLUME_DIR/16/docker; this is 17"* ]]
}

@test "the log moves to a volume of its own" {
  start
  mkdir -p "$BATS_TEST_TMPDIR/wal"
  export WAL_DIR=$BATS_TEST_TMPDIR/wal/17/pg_wal
  start
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(readlink "$PGDATA/pg_wal")" = "$WAL_DIR" ]
  [ ! -e "$PGDATA/pg_wal.moved" ]
}

@test "the room of a volume is read" {
  # shellcheck source=/dev/null
  source "$SCRIPTS/space.sh"
  export WAL_VOLUME_DIR=''
  run room
  [ "$status" -eq 0 ]
  [[ "$output" =~ ^(ample|between|low\ .*\ MiB\ left\ of\ [0-9]+)$ ]]
}

@test "a statement has a limit, and its end is heard" {
  # shellcheck source=/dev/null
  source "$SCRIPTS/session.sh"
  [ "${LIMIT[*]}" = 'timeout -k 5 300' ]
  printf '#!/usr/bin/env bash\necho "psql $*"\nexit 3\n' >"$BOX/psql"
  chmod 755 "$BOX/psql"
  run sql -c 'SELECT 1'
  [ "$status" -eq 3 ]
  [[ "$output" == "psql -XwqAt "*"-c SELECT 1" ]]
}
