#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: where the commit log is. Waits for nothing.
#
# DATA_DIR/.log names the folder of the log that counts. A log volume carries the id of its data (.pair), so that neither goes
# without the other: the log holds writes that were acknowledged and are in no table yet.

refuse_other_pair() {
  if [[ -z "$WAL_DIR" || ! -e "$WAL_DIR" || -z "$(ls -A -- "$WAL_DIR")" ]]; then return; fi
  if [[ -e "$WAL_DIR/.pair" && -e "$DATA_DIR/.pair" && "$(<"$WAL_DIR/.pair")" == "$(<"$DATA_DIR/.pair")" ]]; then return; fi
  refuse "$WAL_DIR holds the log of another database than $DATA_DIR: a volume was swapped. Mount the right one."
}

# The server is stopped, so the files can be copied. The old folder counts until the new one is complete.
move_log() {
  say "moving the log from $1 to $2"
  mkdir -p "${2%/*}"
  if [[ ! -e "$DATA_DIR/.pair" ]]; then
    cat /proc/sys/kernel/random/uuid >"$DATA_DIR/.pair.new"
    mv -T "$DATA_DIR/.pair.new" "$DATA_DIR/.pair"
  fi
  cp "$DATA_DIR/.pair" "${2%/*}/.pair"
  rm -rf "$2"
  cp -a "$1" "$2"
  sync -f "$2"
  printf '%s\n' "$2" >"$DATA_DIR/.log.new"
  mv -T "$DATA_DIR/.log.new" "$DATA_DIR/.log"
  sync -f "$DATA_DIR"
  rm -rf "$1"
  say "moved"
}

# Run before every start of the server. LOG_DIR is the folder of the log from here on.
settle_log() {
  local recorded=$DATA_DIR/commitlog
  LOG_DIR=${WAL_DIR:-$DATA_DIR}/commitlog
  if [[ -e "$DATA_DIR/.log" ]]; then recorded=$(<"$DATA_DIR/.log"); fi
  if [[ ! -d "$recorded" ]]; then
    refuse "the log of $DATA_DIR is in $recorded, which does not exist: the log volume is missing, empty or mounted elsewhere." \
      "Mount it again; without its log, the database lacks its last writes."
  fi
  refuse_other_pair
  if [[ "$recorded" != "$LOG_DIR" ]]; then move_log "$recorded" "$LOG_DIR"; fi
}
