#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: makes a new database on an empty volume, wholly or not at all.
# Waits: INITIALIZE_SECONDS for the server's first start, and as long for its end.

INITIALIZE_SECONDS=120

# Every database of WiredTiger has this file, from its first second on.
has_data() { [[ -e "$1/WiredTiger" || -e "$1/storage.bson" ]]; }

# Data found anywhere else on the volume means: this is not the volume or the folder that was meant.
refuse_unless_empty() {
  local folder
  for folder in "$VOLUME_DIR" "$VOLUME_DIR"/*/ "$VOLUME_DIR"/*/*/; do
    folder=${folder%/}
    if has_data "$folder" && [[ "$folder" != "$DATA_DIR.initializing" ]]; then
      refuse "a database was found in $folder, declared is $DATA_DIR. Declare the folder of the data, or move the files" \
        "into it; an empty database is not started beside them."
    fi
  done
  if [[ -e "$DATA_DIR" && -n "$(ls -A -- "$DATA_DIR")" ]]; then
    refuse "$DATA_DIR is not empty and holds no database: damaged data, or files of something else. Nothing was changed."
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no database in $DATA_DIR, but existing data was declared. A wrong or an empty volume is" \
      "mounted; an empty database is not started in its place."
  fi
}

# wait_until SERVER COMMAND...: fails when the server has ended, or after INITIALIZE_SECONDS.
wait_until() {
  local server=$1 waited=0
  shift
  until "$@"; do
    if ! kill -0 "$server" 2>/dev/null || ((waited >= 5 * INITIALIZE_SECONDS)); then return 1; fi
    sleep 0.2
    waited=$((waited + 1))
  done
}

ended() { ! kill -0 "$1" 2>/dev/null; }

# The server makes its own files at its first start. It does so beside, on another port, where no client and no companion finds
# it, and the folder appears by one rename after a clean end. Whatever was interrupted before is thrown away by the next start.
initialize() {
  local making="$DATA_DIR.initializing" server
  say "empty volume: creating a database of version $DB_MAJOR in $DATA_DIR"
  rm -rf "$making"
  mkdir -p "$making"
  mongod --config "$CONFIG_DIR/mongod.conf" --dbpath "$making" --bind_ip 127.0.0.1 --port "$((DB_PORT + 1))" &
  server=$!
  wait_until "$server" hello "$((DB_PORT + 1))" || refuse "the server did not start on an empty folder, see its log above"
  kill -s TERM "$server"
  wait_until "$server" ended "$server" || ended "$server" || refuse "the server did not stop within $INITIALIZE_SECONDS s"
  wait "$server" || refuse "the server did not stop cleanly on an empty folder, see its log above"
  has_data "$making" || refuse "the server left no database in $making"
  sync -f "$making"
  rm -rf "$DATA_DIR"
  mv -T "$making" "$DATA_DIR"
  sync -f "$VOLUME_DIR"
  say "created"
}
