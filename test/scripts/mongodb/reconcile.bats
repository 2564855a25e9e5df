#!/usr/bin/env bats
# reconcile.sh and reconcile.mongodb on a server that is a file: what is made, what is made again and when, and that no failure ends it.

setup() {
  load common
  export PATH="$STUBS:$PATH" RECONCILE_INTERVAL=0.2 SET_NAME=rs0 PROBE_TIMEOUT=3 TLS_REQUIRED=false TLS_DIR=
  export CONFIG_DIR=$BATS_TEST_TMPDIR/config CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials RUN_DIR=$BATS_TEST_TMPDIR/run
  export READY_MARK=$RUN_DIR/reconciled
  unset STUB_HOST
  HOST=orders-0.orders-members.shop.svc.cluster.local
  LOG=$BATS_TEST_TMPDIR/log
  SERVER=$BATS_TEST_TMPDIR/server.json
  CALLS=$BATS_TEST_TMPDIR/calls
  mkdir "$CONFIG_DIR" "$CREDENTIALS_DIR" "$RUN_DIR"
  echo 'canary-admin' >"$CREDENTIALS_DIR/admin-password"
  printf 'canary-app' >"$CREDENTIALS_DIR/password"
  echo 2560 >"$CONFIG_DIR/oplog-size"
  cat >"$CONFIG_DIR/declared.json" <<JSON
{ "series": "8.0", "users": [
  { "name": "admin", "database": "admin", "passwordFile": "$CREDENTIALS_DIR/admin-password", "roles": [{ "role": "root", "db": "admin" }] },
  { "name": "app", "database": "app", "passwordFile": "$CREDENTIALS_DIR/password", "roles": [{ "role": "readWrite", "db": "app" }] }
] }
JSON
  server_starts one
  listen primary
  WORKER=''
}

teardown() {
  if [ -n "$WORKER" ]; then kill -s TERM "$WORKER" 2>/dev/null || true; fi
  stop_listening
}

# Another key file, which the server knows.
server_starts() {
  printf 'key%s\n' "$1" >"$RUN_DIR/keyfile"
  change "state.key = 'key$1'"
}

# Changes the server behind the back of everybody.
change() {
  flock "$BATS_TEST_TMPDIR/server.lock" node -e '
    const fs = require("fs");
    const [file, code] = process.argv.slice(1);
    const state = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
    new Function("state", code)(state);
    fs.writeFileSync(file, JSON.stringify(state));' "$SERVER" "$1"
}

# shellcheck disable=SC2016 # a template of JavaScript
has() { flock "$BATS_TEST_TMPDIR/server.lock" node -e 'const state = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  const found = new Function("state", `return ${process.argv[2]}`)(state);
  if (found !== true) { console.error(`${process.argv[2]}: ${JSON.stringify(state)}`); process.exit(1); }' "$SERVER" "$1"; }

begin() {
  "$SCRIPTS/reconcile.sh" >"$LOG" 2>&1 3>&- &
  WORKER=$!
}

rounds_of_mongosh() { wc -l <"$BATS_TEST_TMPDIR/arguments"; }
all_is_said() { [ "$(grep -cs "everything is as declared" "$LOG")" -ge "$1" ] 2>/dev/null; }

@test "an empty server gets the set, the administrator, the application, and then the mark, once" {
  begin
  eventually 10 all_is_said 1
  eventually 2 test -e "$READY_MARK"
  diff - "$CALLS" <<DONE
replSetInitiate rs0 __system
createUser admin __system
createUser app __system
DONE
  has "state.config.members[0].host === '$HOST:$DB_PORT' && state.config._id === 'rs0' && state.config.members.length === 1"
  has "JSON.stringify(state.users['admin.admin']) === JSON.stringify({word: 'canary-admin', roles: ['root@admin'], mechanisms: ['SCRAM-SHA-256']})"
  has "state.users['app.app'].word === 'canary-app' && state.users['app.app'].roles.join() === 'readWrite@app'"
  sleep 1
  [ "$(rounds_of_mongosh)" -eq 1 ]
}

@test "no password stands in arguments, environment or log, and what mongosh writes is gone" {
  begin
  eventually 10 all_is_said 1
  [ "$(cat "$BATS_TEST_TMPDIR/arguments")" = "--nodb --quiet --norc $SCRIPTS/reconcile.mongodb" ]
  [ "$(cat "$BATS_TEST_TMPDIR/homes")" = "$RUN_DIR/home" ]
  [ ! -e "$RUN_DIR/home" ]
  run grep -rE 'canary|keyone' "$BATS_TEST_TMPDIR/arguments" "$BATS_TEST_TMPDIR/environment" "$LOG" "$BATS_TEST_TMPDIR/uris" "$CALLS"
  [ "$output" = "" ]
}

@test "where the server does not take the key file, the first user comes in by the exception for localhost" {
  change 'state.takesKey = false'
  begin
  eventually 10 all_is_said 1
  diff - "$CALLS" <<DONE
replSetInitiate rs0 null
createUser admin null
createUser app admin
DONE
  says "$LOG" "the key file is not taken (AuthenticationFailed)"
}

@test "a new password is set within a round, that of the administrator as well, which nobody else knows" {
  begin
  eventually 10 all_is_said 1
  echo 'canary-new' >"$CREDENTIALS_DIR/admin-password"
  eventually 10 all_is_said 2
  has "state.users['admin.admin'].word === 'canary-new' && state.users['app.app'].word === 'canary-app'"
  [ "$(tail -n 1 "$CALLS")" = "updateUser app __system" ]
  run grep canary "$LOG"
  [ "$output" = "" ]
}

@test "the words of the administrator changed while the pod was away: they are set without the old ones" {
  change "state.config = { _id: 'rs0', version: 4, members: [{ _id: 0, host: '$HOST:$DB_PORT' }] }
    state.users = { 'admin.admin': { word: 'forgotten', roles: [] }, 'app.app': { word: 'other', roles: ['root@admin'] } }"
  begin
  eventually 10 all_is_said 1
  has "state.users['admin.admin'].word === 'canary-admin' && state.users['app.app'].roles.join() === 'readWrite@app'"
  has 'state.config.version === 4'
}

@test "data that come from another name get the pod's own, as long as the member is alone" {
  change "state.config = { _id: 'rs0', version: 4, term: 2, members: [{ _id: 0, host: 'old-0.old.svc:27017', priority: 2 }] }"
  begin
  eventually 10 all_is_said 1
  cat "$LOG"
  has "JSON.stringify(state.config.members) === JSON.stringify([{ _id: 0, host: '$HOST:$DB_PORT', priority: 2 }]) && state.config.version === 5"
  says "$LOG" "the member is $HOST:$DB_PORT from now on, it was old-0.old.svc:27017"
}

@test "a set of more members is left alone" {
  change "state.config = { _id: 'rs0', version: 4, members: [{ _id: 0, host: 'a:1' }, { _id: 1, host: 'b:1' }] }"
  begin
  eventually 10 says "$LOG" "the set has 2 members"
  has 'state.config.version === 4'
  [ ! -e "$READY_MARK" ]
}

@test "a restarted server, a change of what is declared and a renewed certificate are noticed, each once" {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  echo one >"$TLS_DIR/tls.crt"
  echo two >"$TLS_DIR/tls.key"
  begin
  eventually 10 all_is_said 1
  [ "$(cat "$RUN_DIR/server.pem")" = $'one\ntwo' ]
  server_starts two
  eventually 10 all_is_said 2
  sed -i 's/readWrite/dbOwner/' "$CONFIG_DIR/declared.json"
  eventually 10 all_is_said 3
  has "state.users['app.app'].roles.join() === 'dbOwner@app'"
  echo three >"$TLS_DIR/tls.crt"
  eventually 10 all_is_said 4
  [ "$(cat "$RUN_DIR/server.pem")" = $'three\ntwo' ]
  [ "$(grep -c '^rotateCertificates' "$CALLS")" -eq 4 ]
  grep -qxF "mongodb://127.0.0.1:$DB_PORT/admin?directConnection=true&serverSelectionTimeoutMS=10000&tls=true&tlsAllowInvalidCertificates=true" \
    "$BATS_TEST_TMPDIR/uris"
  sleep 1
  [ "$(rounds_of_mongosh)" -eq 4 ]
}

@test "the oplog follows the volume, from the size on that the server can change" {
  begin
  eventually 10 all_is_said 1
  echo 5120 >"$CONFIG_DIR/oplog-size"
  eventually 10 all_is_said 2
  has 'state.oplog === 5120'
  says "$LOG" "oplog: 5120 MB, it was 2560 MB"
  echo 500 >"$CONFIG_DIR/oplog-size"
  eventually 10 all_is_said 3
  has 'state.oplog === 5120'
}

@test "data in the format of an older version are told of, and left so" {
  change "state.fcv = '7.0'"
  begin
  eventually 10 all_is_said 1
  says "$LOG" "the data keep the format of 7.0; once 8.0 has proven itself"
}

@test "one user that fails holds up neither the others nor the server that is ready, and quotes no password" {
  change "state.fails = ['admin']"
  begin
  eventually 10 says "$LOG" "FAILED user admin: code 2"
  has "state.users['app.app'].word === 'canary-app'"
  [ ! -e "$READY_MARK" ]
  run grep canary "$LOG"
  [ "$output" = "" ]
  change "state.fails = []"
  eventually 10 all_is_said 1
  [ -e "$READY_MARK" ]
}

@test "an empty password, one of two lines, and one that is no text are refused with their file" {
  : >"$CREDENTIALS_DIR/password"
  begin
  eventually 10 says "$LOG" "FAILED user app: $CREDENTIALS_DIR/password is empty"
  printf 'one\ntwo\n' >"$CREDENTIALS_DIR/password"
  eventually 10 says "$LOG" "FAILED user app: $CREDENTIALS_DIR/password holds a zero byte or a line break"
  printf 'a\377b' >"$CREDENTIALS_DIR/password"
  eventually 10 says "$LOG" "FAILED user app: $CREDENTIALS_DIR/password is not UTF-8 text"
  [ ! -e "$READY_MARK" ]
  echo fine >"$CREDENTIALS_DIR/password"
  eventually 10 all_is_said 1
}

@test "the member is waited for until it takes writes" {
  change 'state.waits = 20'
  begin
  eventually 10 all_is_said 1
}

@test "mongosh is not started while nobody answers, while a file is missing, or while the pod has no full name" {
  rm "$RUN_DIR/keyfile"
  begin
  eventually 10 says "$LOG" "waiting for files"
  stop_listening
  eventually 10 says "$LOG" "waiting for the server on port $DB_PORT"
  [ ! -e "$BATS_TEST_TMPDIR/arguments" ]
  kill -s TERM "$WORKER"
  listen primary
  server_starts one
  STUB_HOST=orders-0 begin
  eventually 10 says "$LOG" 'the pod has no full name (hostname -f says "orders-0")'
  [ ! -e "$BATS_TEST_TMPDIR/arguments" ]
}

@test "the same failure is said once, while it is tried again" {
  change "state.fails = ['app']"
  begin
  eventually 10 says "$LOG" "FAILED user app"
  # The first time the administrator is made, later she is there: two things to say.
  eventually 10 tried 3
  [ "$(grep -c 'FAILED user app' "$LOG")" -eq 2 ]
  eventually 10 tried 6
  [ "$(grep -c 'FAILED user app' "$LOG")" -eq 2 ]
}
tried() { [ "$(rounds_of_mongosh)" -ge "$1" ]; }

@test "SIGTERM ends it at once, in the middle of mongosh too" {
  touch "$BATS_TEST_TMPDIR/mongosh.hangs"
  begin
  eventually 10 test -e "$BATS_TEST_TMPDIR/arguments"
  local pid=$WORKER code=0
  kill -s TERM "$pid"
  eventually 2 gone "$pid"
  wait "$pid" || code=$?
  [ "$code" -eq 0 ]
  WORKER=''
}

@test "each input is demanded with its meaning" {
  local name
  for name in CONFIG_DIR CREDENTIALS_DIR DB_PORT READY_MARK RECONCILE_INTERVAL SET_NAME RUN_DIR PROBE_TIMEOUT TLS_REQUIRED; do
    run env -u "$name" timeout 5 "$SCRIPTS/reconcile.sh"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
