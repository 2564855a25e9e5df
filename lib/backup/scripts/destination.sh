#!/bin/sh
set -eu
# Sourced by what talks to the destination of backups: writes the configuration of rclone into RUN_DIR, which is in memory, and
# names the remote `store:`, below which lie `backups/ID/` and `manifests/ID.json`. A backup exists when its manifest does.
# Plain shell: rclone's own image has no other. Waits: 15 s for a connection, 60 s for a stalled one; what fails is tried again.

FAILED=''
LINE_FEED='
'

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

# The last line of a Job that failed says what and why.
fail() {
  FAILED=said
  say "FAILED: $*"
  exit 1
}

# To be called first: a script that ends for a reason that it did not foresee says so, and SIGTERM is passed on to rclone.
begin() {
  trap 'ended $?' EXIT
  trap 'stopped' TERM INT
}

ended() {
  stop_child
  if [ "$1" -ne 0 ] && [ -z "$FAILED" ]; then say "FAILED: see the lines above (exit code $1)"; fi
}

stopped() {
  trap - TERM INT
  stop_child
  FAILED=said
  say "FAILED: stopped from outside, by the deadline of the Job or by somebody"
  exit 143
}

CHILD=''
stop_child() {
  if [ -n "$CHILD" ]; then
    kill -s TERM "$CHILD" 2>/dev/null || :
    CHILD=''
  fi
}

# rc ARGUMENT...: rclone as a child, so that a signal ends both.
rc() {
  rclone "$@" &
  CHILD=$!
  rc_status=0
  wait "$CHILD" || rc_status=$?
  CHILD=''
  return "$rc_status"
}

# secret_line OPTION FILE [obscured]: rclone takes some passwords only in its own disguise, which it makes from its input. What its
# configuration cannot hold as it is would be another password.
secret_line() {
  [ -s "$2" ] || fail "the Secret has no key \"$(basename "$2")\""
  text=$(cat "$2")
  case "$text" in
    '') fail "the key \"$(basename "$2")\" of the Secret is empty" ;;
    *"$LINE_FEED"*) fail "the key \"$(basename "$2")\" of the Secret has several lines" ;;
  esac
  if [ "${3:-}" = obscured ]; then
    text=$(printf '%s\n' "$text" | rclone obscure -) || fail "the key \"$(basename "$2")\" cannot be used"
  else
    case "$text" in *'%('* | '`'*) fail "the key \"$(basename "$2")\" of the Secret has characters that rclone would not take as they are" ;; esac
  fi
  printf '%s = %s\n' "$1" "$text"
  text=''
}

# DESTINATION_OPTIONS has a line "OPTION KEY [obscured]" for each.
destination_lines() {
  cat "$CONFIG_DIR/destination.conf"
  while read -r option key obscured; do
    if [ -n "$option" ]; then secret_line "$option" "$DESTINATION_DIR/$key" "$obscured"; fi
  done <<LINES
${DESTINATION_OPTIONS:-}
LINES
  if [ -n "${ENCRYPTION_FILE:-}" ]; then
    # Names stay readable: they are made of times, and say nothing of what is inside.
    printf '\n[store]\ntype = crypt\nremote = destination:%s\nfilename_encryption = off\ndirectory_name_encryption = false\n' "$DESTINATION_ROOT"
    secret_line password "$ENCRYPTION_FILE" obscured
  else
    printf '\n[store]\ntype = alias\nremote = destination:%s\n' "$DESTINATION_ROOT"
  fi
}

make_destination() {
  : "${RUN_DIR:?a folder in memory}" "${CONFIG_DIR:?the folder of destination.conf}" "${DESTINATION_ROOT:?the place in the destination}"
  export RCLONE_CONFIG="$RUN_DIR/rclone.conf" RCLONE_CACHE_DIR="$RUN_DIR/cache" RCLONE_LOG_LEVEL=NOTICE RCLONE_STATS=0
  export RCLONE_CONTIMEOUT=15s RCLONE_TIMEOUT=60s RCLONE_RETRIES="${RCLONE_RETRIES:-3}" RCLONE_LOW_LEVEL_RETRIES="${RCLONE_LOW_LEVEL_RETRIES:-5}"
  (umask 077 && destination_lines >"$RCLONE_CONFIG") || { FAILED=said && exit 1; }
}
