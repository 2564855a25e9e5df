#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: new folders on an empty volume, wholly or not at all, and the checks of old ones. Waits for nothing.
#
# Snapshots without the log that belongs to them are an old state, which ZooKeeper would serve without a word. So both folders
# hold the same random line in a file named "pair", and a server starts only where they do.

# Data found anywhere else below the volume means: this is not the volume or the path that was meant.
refuse_unless_empty() {
  local other
  for other in "$VOLUME_DIR"/version-2 "$VOLUME_DIR"/*/version-2 ${LOG_VOLUME_DIR:+"$LOG_VOLUME_DIR"/version-2 "$LOG_VOLUME_DIR"/*/version-2}; do
    if [[ -e "$other" ]]; then
      refuse "data found in ${other%/version-2}, but there is no tree in $DATA_FOLDER: another volume or path was meant. An empty" \
        "tree is not started beside them."
    fi
  done
  if [[ -e "$DATA_FOLDER" && -n "$(ls -A -- "$DATA_FOLDER")" ]]; then
    refuse "$DATA_FOLDER is not empty and has no pair: files of something else. Nothing was changed."
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no tree in $DATA_FOLDER, but existing data was declared. A wrong or an empty volume is mounted;" \
      "an empty tree is not started in its place."
  fi
}

# DATA_FOLDER comes last, by one rename: without it, whatever was interrupted before is thrown away by the next start. No server
# has run on a log folder that has no version-2.
initialize() {
  local pair
  pair=$(</proc/sys/kernel/random/uuid)
  say "empty volume: making a tree in $DATA_FOLDER"
  rm -rf "$LOG_FOLDER" "$DATA_FOLDER.initializing"
  mkdir -p "$LOG_FOLDER" "$DATA_FOLDER.initializing"
  printf '%s\n' "$pair" >"$LOG_FOLDER/pair"
  printf '%s\n' "$pair" >"$DATA_FOLDER.initializing/pair"
  printf '%s\n' "$DB_VERSION" >"$DATA_FOLDER.initializing/series"
  sync -f "$LOG_FOLDER"
  sync -f "$DATA_FOLDER.initializing"
  if [[ -d "$DATA_FOLDER" ]]; then rmdir "$DATA_FOLDER"; fi
  mv -T "$DATA_FOLDER.initializing" "$DATA_FOLDER"
  sync -f "$VOLUME_DIR"
}

# The log got a volume of its own. The server is stopped, so the log can be copied; the old one goes last.
move_log() {
  local old=$VOLUME_DIR/zookeeper-log
  if [[ "$LOG_FOLDER" == "$old" || ! -e "$old/pair" ]]; then return; fi
  if [[ ! -e "$LOG_FOLDER/pair" ]]; then
    say "moving the log from $old to $LOG_FOLDER"
    rm -rf "$LOG_FOLDER.moving"
    cp -a -- "$old" "$LOG_FOLDER.moving"
    sync -f "$LOG_FOLDER.moving"
    mv -T "$LOG_FOLDER.moving" "$LOG_FOLDER"
    sync -f "$LOG_VOLUME_DIR"
  fi
  if [[ "$(<"$LOG_FOLDER/pair")" == "$(<"$DATA_FOLDER/pair")" ]]; then rm -rf "$old"; fi
}

check_data() {
  local found own=${DB_VERSION#*.}
  if [[ ! -e "$LOG_FOLDER/pair" || "$(<"$LOG_FOLDER/pair")" != "$(<"$DATA_FOLDER/pair")" ]]; then
    refuse "$LOG_FOLDER is not the log that belongs to $DATA_FOLDER: the log's volume is missing, empty or another one. Mount" \
      "it again; without it, acknowledged writes would be lost."
  fi
  found=$(<"$DATA_FOLDER/series")
  if [[ "${found%%.*}" != "${DB_VERSION%%.*}" ]] || ((${found#*.} > own)); then
    refuse "$DATA_FOLDER was last used by ZooKeeper $found, this is $DB_VERSION. Go back to an image of $found."
  fi
  if [[ "$found" != "$DB_VERSION" ]]; then
    printf '%s\n' "$DB_VERSION" >"$DATA_FOLDER/series.new"
    mv -f -- "$DATA_FOLDER/series.new" "$DATA_FOLDER/series"
  fi
}
