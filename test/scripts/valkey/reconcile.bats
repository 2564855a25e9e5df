#!/usr/bin/env bats
# reconcile.sh and space.sh on a stub client: what the server is told, when, and that it is told once.

setup() {
  load common
  export PATH="$STUBS:$PATH" RUN_DIR=$BATS_TEST_TMPDIR/run CLIENT=valkey-cli ADMIN=stateful-admin VOLUME_DIR=/volumes/data RECONCILE_INTERVAL=0.2
  export CONFIG_DIR=$BATS_TEST_TMPDIR/config CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials TLS_DIR=''
  FOLDER=$BATS_TEST_TMPDIR/cli
  DISKS=$BATS_TEST_TMPDIR/df
  LOG=$BATS_TEST_TMPDIR/log
  mkdir "$RUN_DIR" "$FOLDER" "$CONFIG_DIR" "$CREDENTIALS_DIR" "$DISKS"
  touch "$FOLDER/heard"
  # shellcheck disable=SC2088
  echo 'app password ~* +@all' >"$CONFIG_DIR/users.list"
  printf 'canary' >"$CREDENTIALS_DIR/password"
  WORKER=''
}

teardown() {
  if [ -n "$WORKER" ]; then kill -s TERM "$WORKER" 2>/dev/null || true; fi
}

# As start.sh and the server leave it.
server_is_up() {
  bash -c 'source "$1/users.sh"; make_admin; write_users "$(compose_users)" start' - "$SCRIPTS"
  python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$RUN_DIR/server.sock"
  echo 1 >"$RUN_DIR/server.pid"
}

reconcile() {
  "$SCRIPTS/reconcile.sh" >"$LOG" 2>&1 3>&- &
  WORKER=$!
}

hash_in_list() { grep -qF "user app on #$(printf '%s' "$1" | sha256sum | cut -d ' ' -f 1) " "$RUN_DIR/users.acl"; }
told() { grep -c "$1" "$FOLDER/heard" || true; }
was_told() { [ "$(told "$1")" -eq "$2" ]; }

@test "nothing is said to a server that is as declared, or that is not there yet" {
  reconcile
  sleep 0.7
  server_is_up
  sleep 1
  kill -0 "$WORKER"
  [ "$(told 'ACL LOAD')" -eq 0 ]
  [ ! -s "$LOG" ]
}

@test "a changed password is applied once, and is nowhere but in its file" {
  server_is_up
  hash_in_list canary
  reconcile
  printf 'second-canary\n' >"$CREDENTIALS_DIR/password"
  eventually 5 says "$LOG" 'the server has read users and passwords again'
  hash_in_list second-canary
  sleep 1
  [ "$(told 'ACL LOAD')" -eq 1 ]
  [ ! -e "$RUN_DIR/users.pending" ]
  run grep -rF canary "$LOG" "$RUN_DIR" "$FOLDER"
  [ "$status" -eq 1 ]
  [ "$(grep -c "$(<"$RUN_DIR/admin")" "$FOLDER/arguments" "$FOLDER/environment")" = "$FOLDER/arguments:0"$'\n'"$FOLDER/environment:0" ]
}

@test "changed rules are applied" {
  server_is_up
  reconcile
  # shellcheck disable=SC2088
  echo 'app password ~cart:* +@read' >"$CONFIG_DIR/users.list"
  eventually 5 says "$LOG" 'the server has read users and passwords again'
  grep -qE '^user app on #[0-9a-f]{64} ~cart:\* \+@read$' "$RUN_DIR/users.acl"
}

@test "what the server did not take is said, tried again, and taken later" {
  server_is_up
  echo 'ERR no such rule' >"$FOLDER/ACL"
  printf 'second' >"$CREDENTIALS_DIR/password"
  reconcile
  eventually 5 says "$LOG" 'FAILED users: ERR no such rule'
  sleep 1
  [ "$(grep -c FAILED "$LOG")" -eq 1 ]
  [ "$(told 'ACL LOAD')" -gt 1 ]
  rm "$FOLDER/ACL"
  eventually 5 says "$LOG" 'the server has read users and passwords again'
}

@test "a mark of an earlier container has the list read again" {
  server_is_up
  touch "$RUN_DIR/users.pending"
  reconcile
  eventually 5 was_told 'ACL LOAD' 1
}

@test "an empty password leaves the old one in force" {
  server_is_up
  : >"$CREDENTIALS_DIR/password"
  reconcile
  eventually 5 says "$LOG" 'FAILED users: '
  hash_in_list canary
  [ "$(told 'ACL LOAD')" -eq 0 ]
}

@test "a renewed certificate is read, once" {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  echo 1 >"$TLS_DIR/tls.crt"
  echo 1 >"$TLS_DIR/tls.key"
  server_is_up
  reconcile
  eventually 5 was_told "CONFIG SET tls-cert-file $TLS_DIR/tls.crt" 1
  echo 2 >"$TLS_DIR/tls.key"
  eventually 5 was_told "CONFIG SET tls-cert-file $TLS_DIR/tls.crt" 2
  sleep 0.7
  was_told 'CONFIG SET tls' 2
}

@test "it ends at SIGTERM, with all that it started" {
  reconcile
  sleep 0.5
  kill -s TERM "$WORKER"
  eventually 3 gone "$WORKER"
  run pgrep -f "$SCRIPTS/reconcile.sh"
  [ "$output" = '' ]
}

room_of() { bash -c 'source "$1/session.sh"; source "$1/space.sh"; room' - "$SCRIPTS"; }

@test "the reserve is a twentieth, 64 MiB at least and 1 GiB at most, and twice that is ample" {
  local row size free expected
  for row in '10000 499 low' '10000 500 between' '10000 999 between' '10000 1000 ample' \
    '900 63 low' '900 64 between' '900 128 ample' '900000 1023 low' '900000 1024 between' '900000 2048 ample'; do
    read -r size free expected <<<"$row"
    echo "$size $free" >"$DISKS/data"
    run room_of
    [ "$status" -eq 0 ]
    [ "${output%% *}" = "$expected" ]
  done
  echo gone >"$DISKS/data"
  run room_of
  [ "$status" -ne 0 ]
}

@test "writes are refused when the volume is nearly full, once, and taken again when there is room" {
  echo '10000 100' >"$DISKS/data"
  server_is_up
  reconcile
  eventually 5 says "$LOG" 'space: /volumes/data has 100 MiB left of 10000; writes are refused'
  echo '10000 700' >"$DISKS/data"
  sleep 1.5
  was_told 'CONFIG SET min-replicas-to-write 1' 1
  was_told 'CONFIG SET min-replicas-to-write 0' 0
  echo '10000 5000' >"$DISKS/data"
  eventually 5 says "$LOG" 'space: there is room again'
  sleep 1.5
  was_told 'CONFIG SET min-replicas-to-write 0' 1
}

@test "a server that was restarted is told again" {
  echo '10000 100' >"$DISKS/data"
  server_is_up
  reconcile
  eventually 5 was_told 'CONFIG SET min-replicas-to-write 1' 1
  touch -d '+1 minute' "$RUN_DIR/server.pid"
  eventually 5 was_told 'CONFIG SET min-replicas-to-write 1' 2
}

@test "each input is demanded with its meaning" {
  local name
  for name in CLIENT RUN_DIR ADMIN VOLUME_DIR CONFIG_DIR CREDENTIALS_DIR RECONCILE_INTERVAL; do
    run env -u "$name" "$SCRIPTS/reconcile.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
