#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server exists and answers. "Rejecting" (1) means it recovers, which is no reason to kill it, however
# long it takes (cloudnative-pg PR 11152). Waits: one pg_isready, PROBE_TIMEOUT - 1 s, below the probe's own limit.

main() {
  : "${PGHOST:?the folder of the socket}" "${PGPORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer=0
  pg_isready --quiet --timeout=$((PROBE_TIMEOUT - 1)) || answer=$?
  case "$answer" in
    0) echo "started: the server accepts connections" ;;
    1) echo "started: the server is up and recovering" ;;
    *)
      echo "not started: no answer in $PGHOST, port $PGPORT (pg_isready: $answer)" >&2
      exit 1
      ;;
  esac
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
