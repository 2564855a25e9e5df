#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: clients are served. Over TCP, as clients come, and only after the declared roles and databases exist
# (reconcile.sh writes READY_MARK). The name is no role's: pg_hba.conf lets it ask, so that no refusal fills the log.
# Waits: one pg_isready, PROBE_TIMEOUT - 1 s, below the probe's own limit.

main() {
  : "${PGPORT:?the port}" "${READY_MARK:?the file that reconcile.sh writes}"
  : "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer=0
  pg_isready --quiet --host=localhost -U readiness --timeout=$((PROBE_TIMEOUT - 1)) || answer=$?
  if [[ "$answer" != 0 ]]; then
    echo "not ready: no connections on localhost, port $PGPORT (pg_isready: $answer)" >&2
    exit 1
  fi
  if [[ ! -e "$READY_MARK" ]]; then
    echo "not ready: the declared roles and databases do not exist yet; see the log of the reconcile container" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
