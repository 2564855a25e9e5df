#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: makes new data on an empty volume, wholly or not at all.
# Waits: 600 s for the server of the initialisation, 60 s for its roles, twice, 120 s for its end.

INITIAL_SECONDS=600

refuse_unless_empty() {
  local other
  for other in "$VOLUME_DIR" "$VOLUME_DIR"/*; do
    if [[ "$other" != "$DATA_DIR.initializing" && -d "$other/data/system" ]]; then
      refuse "data found in $other; this server has its data in $DATA_DIR. Move it there; an empty database is not started."
    fi
  done
  if [[ -e "$DATA_DIR" && -n "$(ls -A -- "$DATA_DIR")" ]]; then
    refuse "$DATA_DIR is not empty and has no data/system: damaged data, or files of something else. Nothing was changed."
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no database in $DATA_DIR, but existing data was declared. A wrong or an empty volume is mounted."
  fi
  if [[ -n "$WAL_DIR" && -e "$WAL_DIR" && -n "$(ls -A -- "$WAL_DIR")" ]]; then
    refuse "$WAL_DIR holds the log of a database whose data are not in $DATA_DIR: the data volume was lost or swapped." \
      "Mount the right data volume, or restore a backup; remove the log by hand only when the data are given up."
  fi
}

# Calls the rest every second until it succeeds, at most $1 seconds. What it says may quote a statement, and so is not shown.
insist() {
  local waited=0
  until "${@:2}" >/dev/null; do
    if ! kill -0 "$SERVER" 2>/dev/null; then refuse "the server of the initialisation ended; its log is above"; fi
    if ((waited >= $1)); then refuse "the initialisation came no further within $1 s: ${*:2}"; fi
    sleep 1
    waited=$((waited + 1))
  done
}

first_role() {
  sentence "CREATE ROLE IF NOT EXISTS $ADMIN" "$ADMIN_WORD" ' AND SUPERUSER = true AND LOGIN = true' | cql cassandra "$INITIAL_PORT" off
}

# The well-known superuser is dropped before any client can come.
own_roles() {
  {
    printf 'CREATE KEYSPACE IF NOT EXISTS "%s" WITH replication = {%s: %s, %s: 1};\n' \
      "$KEYSPACE" "'class'" "'NetworkTopologyStrategy'" "$(text "$DATA_CENTER")"
    sentence "CREATE ROLE IF NOT EXISTS $APP" "$APP_WORD" ' AND LOGIN = true'
    printf 'GRANT ALL PERMISSIONS ON KEYSPACE "%s" TO %s;\nDROP ROLE IF EXISTS cassandra;\n' "$KEYSPACE" "$APP"
  } | cql "$ADMIN" "$INITIAL_PORT" off
}

stop_initial() {
  local waited=0 result=0
  kill -s TERM "$SERVER"
  while kill -0 "$SERVER" 2>/dev/null && ((waited < 120)); do
    sleep 1
    waited=$((waited + 1))
  done
  if kill -0 "$SERVER" 2>/dev/null; then refuse "the server of the initialisation did not end within 120 s"; fi
  wait "$SERVER" || result=$?
  if [[ "$result" != 0 && "$result" != 143 ]]; then refuse "the server of the initialisation ended with $result"; fi
}

# It listens to this pod alone, on a port that nobody knows, and DATA_DIR appears by one rename when everything is on the disk.
initialize() {
  local new=$DATA_DIR.initializing
  say "empty volume: making a database in $DATA_DIR"
  rm -rf "$new"
  mkdir -p "$new"
  compose "$RUN_DIR/initial" "$new" "$new/commitlog" "$INITIAL_PORT" 127.0.0.1 127.0.0.1
  login cassandra cassandra
  login "$ADMIN" "$ADMIN_WORD"
  (become "$RUN_DIR/initial") &
  SERVER=$!
  trap 'say "stopped while the database was made"; kill -s KILL "$SERVER" 2>/dev/null || true; exit 143' TERM INT
  insist "$INITIAL_SECONDS" answers "$INITIAL_PORT"
  insist 60 first_role
  insist 60 own_roles
  stop_initial
  rm -rf "$RUN_DIR/initial" "$RUN_DIR/login.cassandra"
  sync -f "$new"
  if [[ -e "$DATA_DIR" ]]; then rmdir "$DATA_DIR"; fi
  mv -T "$new" "$DATA_DIR"
  sync -f "$VOLUME_DIR"
  say "created"
}
