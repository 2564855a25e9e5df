#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: what lies in DATA_DIR, and what becomes of an empty volume. Waits for nothing.
#
# The server takes a folder without an append-only file for a new database, also if a snapshot (dump.rdb) is there, and also
# if the list of the file's parts (the manifest) was lost. So the first file is made here, at once, and what is missing later
# was lost.

# The snapshot that a new database begins with; empty where there is none.
BEGINNING=''

log_folder() { printf '%s' "$DATA_DIR/appendonlydir"; }
log_file() { printf '%s' "$DATA_DIR/appendonly.aof"; }

has_log() { [[ -s "$(log_folder)/appendonly.aof.manifest" || -e "$(log_file)" ]]; }

refuse_unless_empty() {
  local other
  while IFS= read -r -d '' other; do
    refuse "data found: $other, but the place of the data is $DATA_DIR. Move the folder that holds it there, once, or mount" \
      "the volume that was meant; an empty database is not started."
  done < <(find "$VOLUME_DIR" -mindepth 1 -maxdepth 3 \( -path "$DATA_DIR" -o -name lost+found \) -prune -o \
    \( -name dump.rdb -o -name 'appendonly.aof*' \) -print0 2>/dev/null)
  other=$(ls -A -- "$(log_folder)" 2>/dev/null) || true
  if [[ -n "$other" ]]; then
    refuse "$(log_folder) holds files and no manifest of them: damaged data. Restore a backup; nothing was changed."
  fi
  if [[ -e "$DATA_DIR/dump.rdb" ]]; then
    if restore_pending; then refuse "$DATA_DIR/dump.rdb is there, and a backup is to be loaded, too. Remove one of them; nothing was changed."; fi
    return
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no database in $DATA_DIR, but existing data was declared. A wrong or an empty volume is" \
      "mounted; an empty database is not started in its place."
  fi
}

# check_format FILE REMEDY: the checker of the image knows which formats its server reads; of the nine bytes at the beginning it
# says that there should be more, and of a format that it does not know that it cannot handle it.
check_format() {
  local start said
  start=$(head -c 9 -- "$1" | tr -d '\0') || return 0
  if [[ "$start" != REDIS* && "$start" != VALKEY* ]]; then return; fi
  printf '%s' "$start" >"$RUN_DIR/format"
  said=$("$CHECKER" "$RUN_DIR/format" 2>&1) || true
  if [[ "$said" == *"handle RDB format"* || "$said" == *"Wrong signature"* ]]; then
    refuse "$1 has the format $start, which $PRODUCT $DB_VERSION cannot read: a newer server, or another one, wrote it. $2"
  fi
}

check_formats() {
  local part
  if [[ "$LOG_LAYOUT" == file && -s "$(log_folder)/appendonly.aof.manifest" ]]; then
    refuse "$(log_folder) is an append-only file of several parts, which $PRODUCT $DB_VERSION cannot read: a newer server" \
      "wrote it. Go back to the image that ran before."
  fi
  for part in "$DATA_DIR/dump.rdb" "$(log_file)" "$(log_folder)"/*.base.rdb; do
    if [[ ! -e "$part" ]] || { [[ "$part" == */dump.rdb ]] && has_log; }; then continue; fi
    check_format "$part" "Go back to the image that ran before."
  done
}

# With a snapshot and no log the snapshot becomes the log's beginning, which is what it is in a folder of several files.
initialize() {
  local new type=i part=appendonly.aof.1.incr.aof
  new=$(log_folder).initializing
  mkdir -p "$DATA_DIR"
  rm -rf "$new" "$(log_file).initializing"
  if [[ "$LOG_LAYOUT" == file ]]; then
    if [[ -n "$BEGINNING" ]]; then cp -- "$BEGINNING" "$(log_file).initializing"; fi
    touch "$(log_file).initializing"
    sync -f "$DATA_DIR"
    mv -T "$(log_file).initializing" "$(log_file)"
  else
    mkdir "$new"
    if [[ -n "$BEGINNING" ]]; then
      type=b part=appendonly.aof.1.base.rdb
      # The same file under another name takes no time; the server never writes to a base.
      ln -- "$BEGINNING" "$new/$part" || cp -- "$BEGINNING" "$new/$part"
    else
      touch "$new/$part"
    fi
    printf 'file %s seq 1 type %s\n' "$part" "$type" >"$new/appendonly.aof.manifest"
    sync -f "$new"
    if [[ -d "$(log_folder)" ]]; then rmdir "$(log_folder)"; fi
    mv -T "$new" "$(log_folder)"
  fi
  sync -f "$DATA_DIR"
}
