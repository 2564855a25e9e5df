#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers at all (2). Recovering, busy or full is alive, and an error of the probe
# itself (3) must not kill a database. Waits: one pg_isready, PROBE_TIMEOUT - 1 s, below the probe's own limit.

main() {
  : "${PGHOST:?the folder of the socket}" "${PGPORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer=0
  pg_isready --quiet --timeout=$((PROBE_TIMEOUT - 1)) || answer=$?
  if [[ "$answer" == 2 ]]; then
    echo "dead: no answer in $PGHOST, port $PGPORT within $((PROBE_TIMEOUT - 1)) s" >&2
    exit 1
  fi
  echo "alive (pg_isready: $answer)"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
