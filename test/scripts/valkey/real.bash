# shellcheck shell=bash
# Loaded by bats files that need real programs: pods with the server of $REAL (redis; also valkey, where it is installed).

REAL=${REAL:-redis}

programs_or_skip() {
  local said
  if ! command -v "$REAL-server" >/dev/null; then skip "no $REAL-server: apt-get install $REAL-server"; fi
  said=$("$REAL-server" --version)
  [[ "$said" =~ ^([A-Za-z]+)\ server\ v=([0-9]+\.[0-9]+) ]]
  export PRODUCT=${BASH_REMATCH[1]} DB_VERSION=${BASH_REMATCH[2]}
  export SERVER=$REAL-server CHECKER=$REAL-check-rdb CLIENT=$REAL-cli ADMIN=stateful-admin ENGINE=$REAL LOG_LAYOUT=folder
  BIN=$BATS_TEST_TMPDIR/bin
  mkdir -p "$BIN"
  ln -s "$STUBS/sync" "$BIN/sync"
  export PATH=$BIN:$PATH
  export WORK=$BATS_TEST_TMPDIR/scratch
  SERVERS=()
}

# make_pod NAME [SETTING...]: its folders and its configuration.
make_pod() {
  local pod=$BATS_TEST_TMPDIR/$1
  mkdir -p "$pod/data" "$pod/run" "$pod/config" "$pod/credentials"
  PORT=$((20000 + RANDOM % 12000))
  while (exec 5<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; do PORT=$((PORT + 1)); done
  printf 'app password ~* &* +@all -@admin -@dangerous +info\nbackup backup-password -@all +sync +replconf\nhalf half-password -@all +sync\n' >"$pod/config/users.list"
  printf 'canary-app' >"$pod/credentials/password"
  printf '%s' "${PASSWORD:-canary}" >"$pod/credentials/backup-password"
  printf 'canary-half' >"$pod/credentials/half-password"
  printf '%s\n' "aclfile $pod/run/users.acl" 'appenddirname appendonlydir' 'appendonly yes' 'save ""' "dir $pod/data/db" "port $PORT" \
    "pidfile $pod/run/server.pid" "unixsocket $pod/run/server.sock" 'repl-diskless-sync yes' 'repl-diskless-sync-delay 0' \
    'enable-debug-command local' "${@:2}" >"$pod/config/server.conf"
}

# in_pod NAME COMMAND...: with the environment of its server, and in place of this shell where IN_PLACE is set.
in_pod() {
  local pod=$BATS_TEST_TMPDIR/$1
  shift
  ${IN_PLACE:+exec} env RUN_DIR="$pod/run" VOLUME_DIR="$pod/data" DATA_DIR="$pod/data/db" CONFIG_DIR="$pod/config" CREDENTIALS_DIR="$pod/credentials" \
    DATA_MUST_EXIST=false RESTORE="${RESTORE:-false}" "$@"
}

pongs() { [ "$(in_pod "$1" "$SCRIPTS/admin.sh" PING 2>/dev/null)" = PONG ]; }
answers() { in_pod "$1" "$SCRIPTS/admin.sh" PING 2>/dev/null | grep -qE 'PONG|LOADING'; }

start_pod() {
  IN_PLACE=yes in_pod "$1" "$SCRIPTS/start.sh" >"$BATS_TEST_TMPDIR/$1/output" 2>&1 3>&- &
  SERVERS+=("$!")
  if ! eventually 10 "${2:-pongs}" "$1"; then
    cat "$BATS_TEST_TMPDIR/$1/output"
    return 1
  fi
}

# Commands by stdin or arguments, as the administrator.
admin() { in_pod "$1" "$SCRIPTS/admin.sh" "${@:2}"; }

kill_servers() {
  local server
  for server in "${SERVERS[@]}"; do
    # And the child that reads its memory, as when a container ends.
    pkill -KILL -P "$server" 2>/dev/null || true
    kill -s KILL "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  done
  SERVERS=()
}

# backup NAME=VALUE...: of the server at $PORT, into $WORK.
backup() {
  mkdir -p "$WORK" "$BATS_TEST_TMPDIR/memory"
  echo 2026-11-21T00-00-00Z-abc >"$WORK/id"
  printf '%s' "${PASSWORD:-canary}" >"$BATS_TEST_TMPDIR/password"
  ${IN_PLACE:+exec} env RUN_DIR="$BATS_TEST_TMPDIR/memory" METHOD=logical DATABASE=orders ACCEPT_EMPTY=false DB_HOST=127.0.0.1 DB_PORT="$PORT" \
    DB_USER=backup DB_NAME='' PASSWORD_FILE="$BATS_TEST_TMPDIR/password" TLS=false "$@" "$SCRIPTS/backup.sh"
}

manifest() { sed -n "s/^  \"$1\": //p" "$WORK/manifest.json"; }

# give_backup NAME: lays it where fetch.sh would.
give_backup() {
  local ready=$BATS_TEST_TMPDIR/$1/data/.restore/ready
  mkdir -p "$ready"
  cp -r "$WORK/data" "$WORK/manifest.json" "$ready"
}

# check NAME FUNCTION [ARGUMENT]: as a drill would, with a folder of its own.
check() {
  mkdir -p "$BATS_TEST_TMPDIR/drill"
  # shellcheck disable=SC2016 # the other shell expands it
  in_pod "$1" env RUN_DIR="$BATS_TEST_TMPDIR/drill" bash -c 'source "$0"; "$@"' "$SCRIPTS/check.sh" "${@:2}" 3>&-
}
