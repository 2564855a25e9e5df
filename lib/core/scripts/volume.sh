#!/bin/sh
set -eu
# Sourced by the start scripts of servers that do not lock their own files: one pod at a time on a volume. Read by bash, and
# by the plain shell of images that have no other. Waits: 120 s for the lock.

LOCK_SECONDS=120

say() { printf 'start.sh: %s\n' "$*" >&2; }

refuse() {
  say "REFUSED: $*"
  exit 1
}

# Two pods on one node may both mount a ReadWriteOnce volume, and in both the server is process 1, so that a file with its
# number tells nobody apart. The lock lives in descriptor 9, which stays open across exec and ends with the last process.
lock_volume() {
  lock_waited=0
  exec 9>>"$VOLUME_DIR/.lock"
  until flock -n -x 9; do
    if [ "$lock_waited" -eq 0 ]; then say "another pod holds $VOLUME_DIR/.lock; waiting up to $LOCK_SECONDS s"; fi
    if [ "$lock_waited" -ge "$LOCK_SECONDS" ]; then
      refuse "another pod on this node still uses the volume $VOLUME_DIR. Stop that pod; this one is retried."
    fi
    sleep 1
    lock_waited=$((lock_waited + 1))
  done
}
