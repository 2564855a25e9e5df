#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: makes a new data directory on an empty volume, wholly or not at all.
# Waits: 120 s for a private server to answer, and for its end.

PRIVATE_SECONDS=120
PRIVATE_PID=''

# Data found anywhere below the volume means: this is not the volume, the path or the version that was meant.
refuse_unless_empty() {
  local file entries
  shopt -s nullglob dotglob
  for file in "$VOLUME_DIR"/{,*/,*/*/,*/*/*/}ibdata1; do
    if [[ ! -e "$file" || "$file" == "$DATA_DIR".initializing-* ]]; then continue; fi
    refuse "data found in ${file%/ibdata1}; this is $PRODUCT $DB_SERIES, with its data in $DATA_DIR." \
      "Go back to the path of the data (\`dataFolder\`); an empty database is not started beside it."
  done
  entries=("$DATA_DIR"/*)
  shopt -u nullglob dotglob
  if ((${#entries[@]} > 0)); then
    refuse "$DATA_DIR is not empty and has no ibdata1: damaged data, or files of something else. Nothing was changed."
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no database in $DATA_DIR, but existing data was declared. A wrong or an empty volume is" \
      "mounted; an empty database is not started in its place."
  fi
}

private_sql() { "$CLIENT" --no-defaults --socket="$PRIVATE_SOCKET" --user="$SUPERUSER" --batch "$@"; }

# A server that only PRIVATE_SOCKET reaches, on the data in $1.
start_private_server() {
  local waited=0
  "$SERVER" "${PRIVATE_OPTIONS[@]}" --datadir="$1" --socket="$PRIVATE_SOCKET" --pid-file="$PRIVATE_SOCKET.pid" >&2 &
  PRIVATE_PID=$!
  until private_sql --execute='SELECT 1' >/dev/null 2>&1; do
    if ! kill -0 "$PRIVATE_PID" 2>/dev/null || ((waited >= 2 * PRIVATE_SECONDS)); then
      end_private_server
      refuse "the private server did not answer within $PRIVATE_SECONDS s; what it says is above."
    fi
    sleep 0.5
    waited=$((waited + 1))
  done
}

# Its end has to be a clean one: what it leaves is the database.
stop_private_server() {
  local pid=$PRIVATE_PID
  kill -s TERM "$pid"
  wait "$pid" || refuse "the private server did not end well; what it says is above."
  PRIVATE_PID=''
}

end_private_server() {
  if [[ -n "$PRIVATE_PID" ]]; then kill -s KILL "$PRIVATE_PID" 2>/dev/null || true; fi
}

# Asked by ready.sh over the network. Nobody can log in as it: it is locked, and it may do nothing.
probe_account_sql() {
  printf '%s\n' "CREATE USER IF NOT EXISTS 'readiness'@'127.0.0.1' ACCOUNT LOCK;"
}

# Without them, the server knows no time zone but its own; it serves all the same. Warnings tell of files that are no zones.
load_zones() {
  if "${ZONES_TO_SQL[@]}" 2>/dev/null | private_sql --force --database=mysql >/dev/null; then return; fi
  say "WARNING: the names of time zones could not be loaded"
}

# DATA_DIR appears by one rename, after everything in it was written to the disk: whatever was interrupted before is
# thrown away by the next start. The name of the pod keeps two pods apart where there is no flock.
initialize() {
  local work="$DATA_DIR.initializing-$HOSTNAME"
  if restore_pending; then check_backup; fi
  say "empty volume: creating a database of $PRODUCT $DB_SERIES in $DATA_DIR"
  mkdir -p "${DATA_DIR%/*}"
  rm -rf "$work"
  mkdir "$work"
  make_data "$work"
  if restore_pending; then prepare_loading; fi
  start_private_server "$work"
  load_zones
  { probe_account_sql; secure_sql; } | private_sql
  if restore_pending; then load_backup; fi
  stop_private_server
  sync -f "$work"
  mv -T "$work" "$DATA_DIR"
  sync -f "$VOLUME_DIR"
  say "created"
}
