#!/usr/bin/env bash
set -Eeuo pipefail
# preStop hook: asks for a fast shutdown (SIGINT), whatever stop signal the image declares. SIGTERM alone is the "smart"
# shutdown, which waits for the last client to leave; after SIGINT it changes nothing. Waits for nothing: the kubelet
# waits, and terminationGracePeriodSeconds is the limit.

main() {
  : "${PGDATA:?the data directory}"
  local pid='' name=''
  if [[ -r "$PGDATA/postmaster.pid" ]]; then read -r pid <"$PGDATA/postmaster.pid" || true; fi
  # The file outlives a crash, and its number (1) may be start.sh by now, which stops by the kubelet's own signal.
  if [[ "$pid" =~ ^[0-9]+$ && -r "/proc/$pid/comm" ]]; then read -r name <"/proc/$pid/comm" || true; fi
  if [[ "$name" != postgres ]]; then
    echo "stop.sh: no server is running, nothing to stop"
    return
  fi
  kill -s INT "$pid" || true
  echo "stop.sh: fast shutdown asked for"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
