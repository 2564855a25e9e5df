#!/usr/bin/env bats
# space.sh on stubs: when the server is made read-only, when writable again, and that it is told once.

setup() {
  load common
  export PATH="$STUBS:$PATH" PGDATABASE=postgres PGOPTIONS='' VOLUME_DIR=/volumes/data WAL_VOLUME_DIR=''
  ANSWERS=$BATS_TEST_TMPDIR/psql
  DISKS=$BATS_TEST_TMPDIR/df
  LOG=$BATS_TEST_TMPDIR/log
  mkdir "$ANSWERS" "$DISKS"
  WORKER=''
}

teardown() {
  if [ -n "$WORKER" ]; then kill -s KILL "$WORKER" 2>/dev/null || true; fi
}

room_of() {
  bash -c 'source "$1/session.sh"; source "$1/space.sh"; room' - "$SCRIPTS"
}

watch() {
  # sleep is shortened, so that a look takes no second.
  bash -c 'source "$1/session.sh"; source "$1/space.sh"; sleep() { command sleep 0.1; }; watch_space' - "$SCRIPTS" >"$LOG" 2>&1 3>&- &
  WORKER=$!
}

told() { grep -c "$1" "$ANSWERS/arguments" 2>/dev/null || true; }
was_told() { [ "$(told "$1")" -eq "$2" ]; }

@test "the reserve is a twentieth, 64 MiB at least and 1 GiB at most, and twice that is ample" {
  local row
  for row in '10000 499 low' '10000 500 between' '10000 999 between' '10000 1000 ample' \
    '900 63 low' '900 64 between' '900 128 ample' '900000 1023 low' '900000 1024 between' '900000 2048 ample'; do
    echo "$row"
    read -r size free expected <<<"$row"
    echo "$size $free" >"$DISKS/data"
    run room_of
    [ "$status" -eq 0 ]
    [ "${output%% *}" = "$expected" ]
  done
}

@test "the fullest volume counts, whichever it is" {
  export WAL_VOLUME_DIR=/volumes/wal
  echo '10000 5000' >"$DISKS/data"
  echo '10000 10' >"$DISKS/wal"
  run room_of
  [ "$output" = 'low /volumes/wal has 10 MiB left of 10000' ]
  echo '10000 10' >"$DISKS/data"
  echo '10000 5000' >"$DISKS/wal"
  run room_of
  [ "$output" = 'low /volumes/data has 10 MiB left of 10000' ]
}

@test "a volume that cannot be looked at changes nothing" {
  echo gone >"$DISKS/data"
  run room_of
  [ "$status" -ne 0 ]
  watch
  sleep 1
  [ ! -e "$ANSWERS/arguments" ]
}

@test "read-only once when there is little room, writable once when there is room again" {
  echo '10000 10' >"$DISKS/data"
  watch
  eventually 10 was_told 'ALTER SYSTEM SET default_transaction_read_only = on' 1
  eventually 5 says "$LOG" 'space: /volumes/data has 10 MiB left of 10000; new transactions are read-only'
  echo '10000 700' >"$DISKS/data"
  sleep 1
  was_told 'ALTER SYSTEM' 1
  echo '10000 5000' >"$DISKS/data"
  eventually 10 was_told 'ALTER SYSTEM RESET default_transaction_read_only' 1
  eventually 5 says "$LOG" 'space: there is room again'
  sleep 1
  was_told 'ALTER SYSTEM' 2
}

@test "what an earlier container has left is taken back, silently" {
  echo '10000 5000' >"$DISKS/data"
  watch
  eventually 10 was_told 'ALTER SYSTEM RESET default_transaction_read_only' 1
  [ ! -s "$LOG" ]
}

@test "a server that does not take the change is told again" {
  echo '10000 10' >"$DISKS/data"
  echo 'ERROR:  cannot' >"$ANSWERS/command.error"
  watch
  eventually 10 says "$LOG" 'FAILED space: ERROR:  cannot'
  rm "$ANSWERS/command.error"
  eventually 10 says "$LOG" 'new transactions are read-only'
}
