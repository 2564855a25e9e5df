#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by reconcile.sh: makes the server read-only before a volume is full, and writable again when there is room.
# A server that cannot write its log ends, and cannot start again until there is room: then not even reads are answered.
# Waits: 1 s between two looks; per change what sql waits.

# "low" with less than a twentieth of a volume free (64 MiB to 1 GiB, which is for what runs already), "ample" with twice
# that on every volume, else "between", where everything stays as it is. Nothing is known of a volume: it fails.
room() {
  local folder size free reserve answer=ample
  for folder in "$VOLUME_DIR" ${WAL_VOLUME_DIR:+"$WAL_VOLUME_DIR"}; do
    read -r _ size _ free _ < <(df -Pm -- "$folder" | tail -n 1) || return 1
    if [[ ! "$size-$free" =~ ^[0-9]+-[0-9]+$ ]]; then return 1; fi
    reserve=$((size / 20))
    if ((reserve < 64)); then reserve=64; fi
    if ((reserve > 1024)); then reserve=1024; fi
    if ((free < reserve)); then
      echo "low $folder has $free MiB left of $size"
      return
    fi
    if ((free < 2 * reserve)); then answer=between; fi
  done
  echo "$answer"
}

change_server() {
  pg_isready --quiet --timeout=3 || return 1
  apply space -c "$1" -c 'SELECT pg_reload_conf()' >/dev/null
}

# Whatever an earlier container has set is set again or taken back at the first look.
watch_space() {
  local now state=unknown
  while sleep 1; do
    now=$(room) || continue
    case "$now" in
      low*)
        if [[ "$state" == low ]] || ! change_server 'ALTER SYSTEM SET default_transaction_read_only = on'; then continue; fi
        state=low
        say "space: ${now#low }; new transactions are read-only until there is room. Grow the volume."
        ;;
      ample)
        if [[ "$state" == ample ]] || ! change_server 'ALTER SYSTEM RESET default_transaction_read_only'; then continue; fi
        if [[ "$state" == low ]]; then say "space: there is room again; transactions may write"; fi
        state=ample
        ;;
    esac
  done
}
