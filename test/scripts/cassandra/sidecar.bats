#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# The probes and reconcile.sh, on a stub of the server's ports and of the CQL shell.

setup() {
  load common
  export PATH="$STUBS:$PATH" PROBE_TIMEOUT=3 RUN_DIR=$BATS_TEST_TMPDIR/run CREDENTIALS_DIR=$BATS_TEST_TMPDIR/secret RECONCILE_INTERVAL=0.1
  export TLS=off TLS_DIR=$BATS_TEST_TMPDIR/tls ADMIN=admin APP=app
  mkdir "$RUN_DIR" "$CREDENTIALS_DIR" "$TLS_DIR"
  echo first >"$CREDENTIALS_DIR/password"
  echo root >"$CREDENTIALS_DIR/admin-password"
  read -r DB_PORT JMX_PORT < <(python3 -c 'import socket; all = [socket.create_server(("127.0.0.1", 0)) for _ in "ab"]
print(*[each.getsockname()[1] for each in all])')
  export DB_PORT JMX_PORT
  python3 "$STUBS/server.py" "$DB_PORT" "$JMX_PORT" 3>&- &
  SERVER=$!
  eventually 10 "$SCRIPTS/started.sh"
}

teardown() {
  kill "$SERVER" ${SIDECAR:+"$SIDECAR"} 2>/dev/null || true
  wait 2>/dev/null || true
}

sidecar() {
  "$SCRIPTS/reconcile.sh" >"$BATS_TEST_TMPDIR/sidecar" 2>&1 3>&- &
  SIDECAR=$!
}

said() { grep -qF -- "$1" "$BATS_TEST_TMPDIR/sidecar"; }

@test "each probe asks its own port, and fails without an answer" {
  run "$SCRIPTS/started.sh"
  [ "$output" = "started: the server answers" ]
  run "$SCRIPTS/ready.sh"
  [ "$output" = ready ]
  run "$SCRIPTS/alive.sh"
  [ "$output" = alive ]
  # Started by the JVM alone, dead by nobody: the port of clients is enough to live.
  JMX_PORT=1 run "$SCRIPTS/started.sh"
  [ "$status" -eq 1 ]
  JMX_PORT=1 run "$SCRIPTS/alive.sh"
  [ "$output" = alive ]
  DB_PORT=1 run "$SCRIPTS/alive.sh"
  [ "$output" = alive ]
  # Each other's port listens, but does not speak their language.
  DB_PORT=1 run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  kill "$SERVER"
  wait "$SERVER" || true
  run "$SCRIPTS/started.sh"
  [ "$status" -eq 1 ]
  run "$SCRIPTS/ready.sh"
  [ "$output" = "not ready: no answer on port $DB_PORT" ]
  run "$SCRIPTS/alive.sh"
  [ "$output" = "dead: no answer on ports $JMX_PORT and $DB_PORT" ]
  TLS=required run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
}

@test "roles that have their passwords are left alone" {
  sidecar
  eventually 10 said 'both roles have the passwords of the Secret'
  run grep -c ALTER "$BATS_TEST_TMPDIR/statements"
  [ "$output" = 0 ]
}

@test "a new password of the application is given by the superuser" {
  sidecar
  eventually 10 said 'both roles have the passwords of the Secret'
  echo 'password = new' >"$BATS_TEST_TMPDIR/refused"
  echo new >"$CREDENTIALS_DIR/password"
  eventually 10 said 'role app has its new password'
  grep -qx "admin: ALTER ROLE app WITH PASSWORD = 'new';" "$BATS_TEST_TMPDIR/statements"
  run grep -E 'first|root|new' "$BATS_TEST_TMPDIR/cqlsh.arguments"
  [ "$status" -ne 0 ]
  run grep -E "first|root|'new'" "$BATS_TEST_TMPDIR/sidecar"
  [ "$status" -ne 0 ]
}

@test "a new password of the superuser is given with the former one" {
  sidecar
  eventually 10 said 'both roles have the passwords of the Secret'
  echo 'password = new-root' >"$BATS_TEST_TMPDIR/refused"
  echo new-root >"$CREDENTIALS_DIR/admin-password"
  eventually 10 said 'role admin has its new password'
  grep -qx "admin: ALTER ROLE admin WITH PASSWORD = 'new-root';" "$BATS_TEST_TMPDIR/statements"
  rm "$BATS_TEST_TMPDIR/refused"
}

@test "a superuser that can no longer come in is said, and nothing else is done" {
  printf 'password = root\n' >"$BATS_TEST_TMPDIR/refused"
  sidecar
  eventually 10 said 'FAILED: role admin cannot log in with admin-password of the Secret'
  [ ! -e "$BATS_TEST_TMPDIR/statements" ]
}

@test "a renewed certificate is put where the server looks, and the shell then asks for TLS" {
  export TLS=required
  echo key >"$TLS_DIR/tls.key"
  echo one >"$TLS_DIR/tls.crt"
  cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt" >"$RUN_DIR/server.pem"
  sidecar
  eventually 10 said 'both roles have the passwords of the Secret'
  grep -qF -- '--ssl' "$BATS_TEST_TMPDIR/cqlsh.arguments"
  echo two >"$TLS_DIR/tls.crt"
  eventually 10 said 'the certificate was renewed'
  [ "$(cat "$RUN_DIR/server.pem")" = $'key\ntwo' ]
}

@test "SIGTERM ends the sidecar at once" {
  sidecar
  eventually 10 said 'both roles have the passwords of the Secret'
  kill "$SIDECAR"
  wait "$SIDECAR"
}
