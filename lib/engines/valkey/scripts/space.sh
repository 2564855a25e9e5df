#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by reconcile.sh: has writes refused before the volume is full, and taken again when there is room. A server that
# cannot write its append-only file ends, and after that at every write: then not even reads are answered for long.
# Waits: 1 s between two looks; 5 s for the server.

# "low" with less than a twentieth of the volume free (64 MiB to 1 GiB, which is for what runs already), "ample" with twice
# that, else "between", where everything stays as it is. Nothing is known of the volume: it fails.
room() {
  local size free reserve
  read -r _ size _ free _ < <(df -Pm -- "$VOLUME_DIR" | tail -n 1) || return 1
  if [[ ! "$size-$free" =~ ^[0-9]+-[0-9]+$ ]]; then return 1; fi
  reserve=$((size / 20))
  if ((reserve < 64)); then reserve=64; fi
  if ((reserve > 1024)); then reserve=1024; fi
  if ((free < reserve)); then
    echo "low $VOLUME_DIR has $free MiB left of $size"
  elif ((free < 2 * reserve)); then
    echo between
  else
    echo ample
  fi
}

# A server that wants a replica, and has none, refuses every write and answers every read.
want_replicas() {
  local answer
  answer=$(ask_locally 5 <<<"CONFIG SET min-replicas-to-write $1" 2>&1) && [[ "$answer" == OK* ]]
}

# Whatever an earlier container has set is set again or taken back at the first look; a server that was restarted has forgotten it.
watch_space() {
  local now state=unknown server='' pid
  while sleep 1; do
    now=$(room) || continue
    pid=$(stat -c %Y "$RUN_DIR/server.pid" 2>/dev/null) || continue
    if [[ "$pid" != "$server" ]]; then state=unknown; fi
    case "$now" in
      low*)
        if [[ "$state" == low ]] || ! want_replicas 1; then continue; fi
        state=low
        say "space: ${now#low }; writes are refused (NOREPLICAS) until there is room. Grow the volume."
        ;;
      ample)
        if [[ "$state" == ample ]] || ! want_replicas 0; then continue; fi
        if [[ "$state" == low ]]; then say "space: there is room again; writes are taken"; fi
        state=ample
        ;;
      *) if [[ "$state" == unknown ]]; then continue; fi ;;
    esac
    server=$pid
  done
}
