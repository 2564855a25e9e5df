#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: the write-ahead log on a volume of its own (WAL_DIR). Waits for nothing.
#
# One mark decides everything: "$WAL_DIR.unused" says that no server has ever run on what lies in WAL_DIR. It is set
# before the first byte is written there, while WAL_DIR is empty, and removed before the server starts. With the mark
# the contents may be thrown away and made again; without it they belong to a database and are never touched.

log_mark() { printf '%s' "$WAL_DIR.unused"; }

refuse_foreign_log() {
  if [[ -e "$(log_mark)" || ! -e "$WAL_DIR" || -z "$(ls -A -- "$WAL_DIR")" ]]; then return; fi
  refuse "$WAL_DIR holds the log of a database whose data are not in $PGDATA: the data volume was lost or swapped." \
    "Mount the right data volume, or restore a backup; remove the log by hand only when the data are given up."
}

claim_log_dir() {
  refuse_foreign_log
  mkdir -p "${WAL_DIR%/*}"
  touch "$(log_mark)"
  sync -f "$(log_mark)"
  rm -rf "$WAL_DIR"
}

# The server is stopped, so the log can be copied. pg_wal is replaced last: until then the old one is in force.
move_log() {
  say "moving the log of $PGDATA to $WAL_DIR"
  claim_log_dir
  cp -a "$PGDATA/pg_wal" "$WAL_DIR"
  sync -f "$WAL_DIR"
  mv -T "$PGDATA/pg_wal" "$PGDATA/pg_wal.moved"
  ln -s "$WAL_DIR" "$PGDATA/pg_wal"
  sync -f "$PGDATA"
  say "moved"
}

# Run before every start of the server; also completes what an interrupted start has left.
settle_log() {
  local link="$PGDATA/pg_wal"
  if [[ -d "$link.moved" && ! -e "$link" && ! -L "$link" ]]; then mv -T "$link.moved" "$link"; fi
  if [[ -n "$WAL_DIR" && -d "$link" && ! -L "$link" ]]; then move_log; fi
  if [[ ! -d "$link" ]]; then
    if [[ -L "$link" ]]; then
      refuse "the log of $PGDATA is in $(readlink "$link"), which does not exist: the log volume is missing, empty or" \
        "mounted elsewhere. Mount it again; without its log the database may be damaged beyond repair."
    fi
    refuse "$link is missing: the data are damaged. Restore a backup."
  fi
  if [[ -z "$WAL_DIR" ]]; then return; fi
  if [[ "$(readlink -f "$link")" != "$(readlink -f "$WAL_DIR")" ]]; then
    refuse "the log of $PGDATA is in $(readlink "$link"), declared is $WAL_DIR. Declare the path in use."
  fi
  rm -f "$(log_mark)"
  sync -f "$WAL_DIR"
  rm -rf "$link.moved"
}
