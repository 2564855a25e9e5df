#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: every branch, every refusal, and every point where an initialisation can be broken off.

setup() {
  load common
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data WAL_VOLUME=$BATS_TEST_TMPDIR/wal
  export PGDATA=$VOLUME_DIR/17/docker CONFIG_DIR=/opt/stateful/config DB_MAJOR=17 DATA_MUST_EXIST=false ENGINE=postgres RESTORE=false
  export LOCALE=C.UTF-8 LOCALE_PROVIDER=builtin
  unset WAL_DIR DB_SUPERUSER STUB_VERSION
  mkdir -p "$VOLUME_DIR" "$WAL_VOLUME"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

with_log_volume() { export WAL_DIR=$WAL_VOLUME/17/pg_wal; }

# A data directory as a finished initialisation leaves it; $1 is its path, $2 its version.
make_data() {
  mkdir -p "$1/global" "$1/pg_wal"
  echo "$2" >"$1/PG_VERSION"
  echo "complete" >"$1/complete"
  echo "old log" >"$1/pg_wal/000000010000000000000007"
  touch "$1/global/pg_control"
}

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER -D $PGDATA -c config_file=$CONFIG_DIR/postgresql.conf"* ]]
  [[ "$output" == *"data: complete"* ]]
  [[ "$output" == *"lock: held"* ]]
}

@test "an empty volume is initialised, and the server becomes this process with the lock" {
  start
  served
  [[ "$output" == *"log: fresh log"* ]]
  [ "$(stat -c %a "$PGDATA")" = 700 ]
  [ ! -e "$PGDATA.initializing" ]
}

@test "the server inherits the lock and no other descriptor" {
  # bats has descriptors of its own open, which the scripts inherit; 255 is the script that bash reads.
  local before after
  before=$(bash -c 'cd "/proc/$$/fd" && echo [0-9]* 255' 3>&- | tr ' ' '\n' | sort)
  start
  served
  after=$(sed -n 's/^descriptors: //p' <<<"$output" | tr ' ' '\n' | sort)
  echo "$before, then $after"
  [ "$(comm -13 <(echo "$before") <(echo "$after"))" = 9 ]
}

@test "initdb gets no password, peer and SCRAM, checksums, and the locale of the provider" {
  start
  served
  diff - "$BATS_TEST_TMPDIR/initdb.arguments" <<ARGUMENTS
--pgdata=$PGDATA.initializing
-U
postgres
--auth-local=peer
--auth-host=scram-sha-256
--data-checksums
--encoding=UTF8
--no-instructions
--locale-provider=builtin
--builtin-locale=C.UTF-8
--locale=C.UTF-8
--set=huge_pages=off
ARGUMENTS
}

locale_options() { # version, provider, locale
  export DB_MAJOR=$1 LOCALE_PROVIDER=$2 LOCALE=$3 PGDATA=$VOLUME_DIR/$1/docker
  export STUB_VERSION="postgres (PostgreSQL) $1.2"
  start
  if [ "$status" -eq 0 ]; then tail -n +9 "$BATS_TEST_TMPDIR/initdb.arguments" | paste -sd ' '; fi
  rm -rf "${VOLUME_DIR:?}"/*
}

@test "the options follow what initdb of each version knows" {
  [ "$(locale_options 14 libc en_US.UTF-8)" = "--locale=en_US.UTF-8" ]
  [ "$(locale_options 15 libc en_US.UTF-8)" = "--locale=en_US.UTF-8 --locale-provider=libc" ]
  [ "$(locale_options 15 icu de-DE)" = "--locale-provider=icu --icu-locale=de-DE --locale=C.UTF-8" ]
  [ "$(locale_options 16 icu und)" = "--locale-provider=icu --icu-locale=und --locale=C.UTF-8 --set=huge_pages=off" ]
  [ "$(locale_options 18 builtin C.UTF-8)" = \
    "--locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C.UTF-8 --set=huge_pages=off" ]
}

@test "a provider that the version does not know is refused" {
  locale_options 14 icu und
  refused "the locale provider icu needs version 15"
  locale_options 16 builtin C.UTF-8
  refused "the locale provider builtin needs version 17"
  locale_options 17 other C
  refused "unknown locale provider"
}

@test "the superuser's name is given to initdb" {
  DB_SUPERUSER='admin' start
  served
  grep -qxF admin "$BATS_TEST_TMPDIR/initdb.arguments"
}

@test "a second start keeps the data and does not initialise" {
  start
  rm "$BATS_TEST_TMPDIR/initdb.arguments"
  start
  served
  [ ! -e "$BATS_TEST_TMPDIR/initdb.arguments" ]
}

@test "a group-writable data directory is closed again" {
  make_data "$PGDATA" 17
  chmod 2770 "$PGDATA"
  start
  served
  [[ "$(stat -c %a "$PGDATA")" == *700 ]]
}

@test "a data directory of another owner is refused with both numbers" {
  make_data "$PGDATA" 17
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/chmod"
  chmod 755 "$BATS_TEST_TMPDIR/bin/chmod"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH start
  refused "belongs to uid $(id -u), this container runs as uid $(id -u)"
}

@test "an image of another major is refused" {
  STUB_VERSION='postgres (PostgreSQL) 18beta1' start
  refused "declared is version 17"
  [ ! -e "$PGDATA" ]
}

@test "data of another major in the data directory are refused" {
  make_data "$PGDATA" 16
  start
  refused "holds data of version 16, this is version 17"
}

@test "data of another major beside are refused" {
  make_data "$VOLUME_DIR/16/docker" 16
  start
  refused "data of version 16 found in $VOLUME_DIR/16/docker"
}

@test "data at the root of the volume, or at another path, are refused" {
  make_data "$VOLUME_DIR" 17
  start
  refused "data of version 17 found in $VOLUME_DIR;"
  rm -rf "${VOLUME_DIR:?}"/*
  make_data "$VOLUME_DIR/data/pgdata" 15
  start
  refused "data of version 15 found in $VOLUME_DIR/data/pgdata;"
}

@test "the mount point of the image's own volume and lost+found are no data" {
  mkdir "$VOLUME_DIR/data" "$VOLUME_DIR/lost+found"
  start
  served
}

@test "a data directory without PG_VERSION that is not empty is refused" {
  mkdir -p "$PGDATA"
  touch "$PGDATA/something"
  start
  refused "is not empty and has no PG_VERSION"
  [ -e "$PGDATA/something" ]
}

@test "an empty data directory is no obstacle" {
  mkdir -p "$PGDATA"
  start
  served
}

@test "an empty volume is refused when data were declared" {
  DATA_MUST_EXIST=true start
  refused "existing data was declared"
  [ ! -e "$VOLUME_DIR/17" ]
}

@test "existing data satisfy the declaration" {
  make_data "$PGDATA" 17
  DATA_MUST_EXIST=true start
  served
}

@test "a failing initdb leaves no database, and the next start makes one" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nmkdir -p "${1#*=}/base"\nexit 3\n' >"$BATS_TEST_TMPDIR/bin/initdb"
  chmod 755 "$BATS_TEST_TMPDIR/bin/initdb"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH start
  [ "$status" -eq 3 ]
  [ ! -e "$PGDATA" ]
  start
  served
}

@test "with a log volume the log is there and the mark is gone" {
  with_log_volume
  start
  served
  [ "$(readlink "$PGDATA/pg_wal")" = "$WAL_DIR" ]
  [[ "$output" == *"log: fresh log"* ]]
  [ ! -e "$WAL_DIR.unused" ]
}

@test "a log without its data is refused and kept: the data volume is lost or swapped" {
  with_log_volume
  start
  rm -rf "${VOLUME_DIR:?}"/*
  start
  refused "the data volume was lost or swapped"
  [ -s "$WAL_DIR/000000010000000000000001" ]
}

@test "a lost log volume is refused" {
  with_log_volume
  start
  rm -rf "${WAL_VOLUME:?}"/*
  start
  refused "the log volume is missing"
}

@test "a log link that leads nowhere is refused when no log volume is declared" {
  with_log_volume
  start
  rm -rf "${WAL_VOLUME:?}"/*
  unset WAL_DIR
  start
  refused "the log volume is missing"
}

@test "a log in another place than declared is refused" {
  with_log_volume
  start
  mkdir -p "$WAL_VOLUME/other"
  WAL_DIR=$WAL_VOLUME/other start
  refused "declared is $WAL_VOLUME/other"
}

@test "data without any log are refused" {
  make_data "$PGDATA" 17
  rm -r "$PGDATA/pg_wal"
  start
  refused "pg_wal is missing"
}

@test "a log volume added later takes over the log" {
  make_data "$PGDATA" 17
  with_log_volume
  start
  served
  [[ "$output" == *"log: old log"* ]]
  [ "$(readlink "$PGDATA/pg_wal")" = "$WAL_DIR" ]
  [ ! -e "$PGDATA/pg_wal.moved" ]
  [ ! -e "$WAL_DIR.unused" ]
}

@test "the log is not moved over the log of another database" {
  make_data "$PGDATA" 17
  with_log_volume
  mkdir -p "$WAL_DIR"
  echo "foreign" >"$WAL_DIR/000000010000000000000009"
  start
  refused "holds the log of a database"
  [ -d "$PGDATA/pg_wal" ]
  [ -s "$WAL_DIR/000000010000000000000009" ]
}

# Breaks start.sh off at every point, and each time starts it again undisturbed. $1 prepares the volumes, $2 checks.
break_off_everywhere() {
  local program
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK/bin"
  for program in initdb mkdir rm touch mv ln cp sync chmod; do ln -s "$STUBS/break-off" "$BREAK/bin/$program"; done
  for ((point = 1; ; point++)); do
    rm -rf "${VOLUME_DIR:?}"/* "${WAL_VOLUME:?}"/* "$BREAK/hit"
    "$1"
    echo 0 >"$BREAK/count"
    echo "$point" >"$BREAK/point"
    PATH=$BREAK/bin:$PATH start
    if [ ! -e "$BREAK/hit" ]; then
      served
      break
    fi
    echo "point $point: $(cat "$BREAK/hit")"
    [[ "$output" != *SERVER* ]]
    start
    echo "$output"
    served
    [ ! -e "$PGDATA.initializing" ]
    "$2"
  done
  echo "$point points"
}

nothing() { :; }
log_is_moved() {
  [ "$(readlink "$PGDATA/pg_wal")" = "$WAL_DIR" ]
  [ ! -e "$WAL_DIR.unused" ]
  [ ! -e "$PGDATA/pg_wal.moved" ]
}
old_log_is_moved() {
  log_is_moved
  [[ "$output" == *"log: old log"* ]]
}
old_data() { make_data "$PGDATA" 17; }

@test "an initialisation broken off at any point is made again or completed" {
  break_off_everywhere nothing nothing
  [ "$point" -gt 20 ]
}

@test "an initialisation with a log volume broken off at any point is made again or completed" {
  with_log_volume
  break_off_everywhere nothing log_is_moved
  [ "$point" -gt 30 ]
}

@test "moving the log, broken off at any point, is made again or completed, and the log is never lost" {
  with_log_volume
  break_off_everywhere old_data old_log_is_moved
  [ "$point" -gt 15 ]
}

@test "an initialisation broken off ten times in a row still succeeds" {
  with_log_volume
  local point
  export BREAK=$BATS_TEST_TMPDIR/break
  mkdir -p "$BREAK/bin"
  ln -s "$STUBS/break-off" "$BREAK/bin/mkdir"
  ln -s "$STUBS/break-off" "$BREAK/bin/rm"
  for point in 1 2 3 4 5 6 7 8 9 10; do
    echo 0 >"$BREAK/count"
    echo "$point" >"$BREAK/point"
    PATH=$BREAK/bin:$PATH start
  done
  start
  served
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

@test "a volume that stays in use is refused, and nothing is touched" {
  hold_lock 30
  # The limit itself is not waited for: sleep is a stub, the count of seconds is real.
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\necho >>"%s"\n' "$BATS_TEST_TMPDIR/seconds" >"$BATS_TEST_TMPDIR/bin/sleep"
  chmod 755 "$BATS_TEST_TMPDIR/bin/sleep"
  PATH=$BATS_TEST_TMPDIR/bin:$PATH start
  pkill -P "$HOLDER" || true
  refused "another pod on this node still uses the volume"
  [ "$(wc -l <"$BATS_TEST_TMPDIR/seconds")" -eq 120 ]
  [ ! -e "$VOLUME_DIR/17" ]
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
  for name in PGDATA VOLUME_DIR CONFIG_DIR DB_MAJOR DATA_MUST_EXIST RESTORE ENGINE LOCALE LOCALE_PROVIDER; do
    run env -u "$name" "$SCRIPTS/start.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
