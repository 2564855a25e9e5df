#!/usr/bin/env bats
# The three probes and admin.sh on a stub client: which answer means what, and that the password is only in the pipe.

setup() {
  load common
  export PATH="$STUBS:$PATH" RUN_DIR=$BATS_TEST_TMPDIR/run CLIENT=valkey-cli ADMIN=stateful-admin PORT=6379 TLS_ONLY=false PROBE_TIMEOUT=3
  FOLDER=$BATS_TEST_TMPDIR/cli
  mkdir "$RUN_DIR" "$FOLDER"
  echo canary >"$RUN_DIR/admin"
  SERVER=''
}

teardown() {
  if [ -n "$SERVER" ]; then kill -s KILL "$SERVER" 2>/dev/null || true; fi
}

probe() { run "$SCRIPTS/$1" 3>&-; }
answers() { printf '%s\n' "$2" >"$FOLDER/$1"; }
no_secret_leaks() {
  run grep -F canary "$FOLDER/arguments" "$FOLDER/environment"
  [ "$status" -eq 1 ]
}

@test "started: any answer of the server, also that it loads" {
  local answer
  for answer in PONG 'NOAUTH Authentication required.' 'LOADING Valkey is loading the dataset in memory' 'BUSY Valkey is busy' 'ERR max number of clients reached'; do
    answers PING "$answer"
    probe started.sh
    [ "$status" -eq 0 ]
    [ "$output" = "started: $answer" ]
    probe alive.sh
    [ "$status" -eq 0 ]
    [ "$output" = "alive: $answer" ]
  done
  [ "$(sort -u "$FOLDER/arguments")" = "-s $RUN_DIR/server.sock" ]
  [ "$(sort -u "$FOLDER/heard")" = PING ]
}

@test "started and alive: not what the client says itself, although it ends well" {
  answers stderr 'Could not connect to Valkey at /run/valkey/server.sock: Connection refused'
  probe started.sh
  [ "$status" -eq 1 ]
  [[ "$output" == *"Connection refused"* ]]
  probe alive.sh
  [ "$status" -eq 1 ]
  [[ "$output" == dead:*"Connection refused"* ]]
  : >"$FOLDER/stderr"
  probe started.sh
  [ "$status" -eq 1 ]
  probe alive.sh
  [ "$status" -eq 1 ]
}

@test "ready: the administrator's PONG over TCP, and nothing less" {
  probe ready.sh
  [ "$status" -eq 0 ]
  [ "$(<"$FOLDER/arguments")" = '-h 127.0.0.1 -p 6379' ]
  [ "$(<"$FOLDER/heard")" = $'AUTH stateful-admin canary\nPING' ]
  local answer
  for answer in 'LOADING Valkey is loading the dataset in memory' 'NOAUTH Authentication required.' 'MASTERDOWN' ''; do
    answers PING "$answer"
    probe ready.sh
    [ "$status" -eq 1 ]
  done
  rm "$FOLDER/PING"
  answers login 'WRONGPASS invalid username-password pair or user is disabled.'
  probe ready.sh
  [ "$status" -eq 1 ]
  [[ "$output" == *WRONGPASS* ]]
  no_secret_leaks
}

@test "ready: a full server is ready, and TLS is spoken where there is nothing else" {
  answers login 'ERR max number of clients reached'
  probe ready.sh
  [ "$status" -eq 0 ]
  rm "$FOLDER/login" "$FOLDER/arguments"
  TLS_ONLY=true probe ready.sh
  [ "$status" -eq 0 ]
  [ "$(<"$FOLDER/arguments")" = '-h 127.0.0.1 -p 6379 --tls --insecure' ]
}

@test "not ready before the administrator exists, or when nobody answers in time" {
  touch "$FOLDER/hang"
  probe ready.sh
  [ "$status" -eq 1 ]
  rm "$RUN_DIR/admin"
  probe ready.sh
  [ "$status" -eq 1 ]
}

@test "alive: silent, but at work" {
  touch "$FOLDER/hang"
  bash -c 'while :; do :; done' 3>&- &
  SERVER=$!
  echo "$SERVER" >"$RUN_DIR/server.pid"
  probe alive.sh
  [ "$status" -eq 0 ]
  [[ "$output" == 'alive: silent for 3 s, and at work'* ]]
}

@test "alive: silent and idle is dead, and so is a server that is gone" {
  touch "$FOLDER/hang"
  sleep 1000 3>&- &
  SERVER=$!
  echo "$SERVER" >"$RUN_DIR/server.pid"
  probe alive.sh
  [ "$status" -eq 1 ]
  [[ "$output" == dead:* ]]
  echo 999999999 >"$RUN_DIR/server.pid"
  probe alive.sh
  [ "$status" -eq 1 ]
  : >"$RUN_DIR/server.pid"
  probe alive.sh
  [ "$status" -eq 1 ]
}

@test "admin.sh runs a command, or those of stdin, as the administrator" {
  answers DBSIZE 7
  run "$SCRIPTS/admin.sh" DBSIZE
  [ "$output" = 7 ]
  run bash -c 'printf "DBSIZE\nDBSIZE\n" | "$1"' - "$SCRIPTS/admin.sh"
  [ "$output" = $'7\n7' ]
  no_secret_leaks
}

@test "each input is demanded with its meaning" {
  local name
  for name in RUN_DIR CLIENT PROBE_TIMEOUT TLS_ONLY PORT ADMIN; do
    run env -u "$name" "$SCRIPTS/ready.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
