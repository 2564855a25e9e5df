#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: makes the root folder on an empty volume, or checks the one that is there. Waits for nothing.

# An empty folder with the mark is already a database: what a server broken off in its first seconds leaves, it completes.
initialize() {
  local other
  for other in "$VOLUME_DIR" "$VOLUME_DIR"/*; do
    if [[ "$other" != "$DATA_DIR.initializing" && -d "$other/db" ]]; then
      refuse "data found in $other; this server has its data in $DATA_DIR. Move it there; an empty database is not started."
    fi
  done
  if [[ -e "$DATA_DIR" ]]; then
    if [[ -n "$(ls -A -- "$DATA_DIR")" ]]; then
      refuse "$DATA_DIR is not empty and has no folder db: damaged data, or files of something else. Nothing was changed."
    fi
    rmdir "$DATA_DIR"
  fi
  say "empty volume: making $DATA_DIR"
  rm -rf "$DATA_DIR.initializing"
  mkdir -p "$DATA_DIR.initializing/db"
  printf '%s\n' "$DB_MAJOR" >"$DATA_DIR.initializing/.major"
  sync -f "$DATA_DIR.initializing"
  mv -T "$DATA_DIR.initializing" "$DATA_DIR"
  sync -f "$VOLUME_DIR"
}

check_data() {
  local found=$DB_MAJOR
  if [[ -e "$DATA_DIR/.major" ]]; then found=$(<"$DATA_DIR/.major"); fi
  if [[ ! "$found" =~ ^[0-9]+$ ]]; then refuse "$DATA_DIR/.major holds \"$found\", which is no version"; fi
  if ((found > DB_MAJOR)); then
    refuse "$DATA_DIR was used by QuestDB $found, this is $DB_MAJOR. Go back to an image of QuestDB $found."
  fi
  printf '%s\n' "$DB_MAJOR" >"$DATA_DIR/.major.new"
  mv -T "$DATA_DIR/.major.new" "$DATA_DIR/.major"
}
