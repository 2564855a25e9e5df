#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: clients are served. Their ports are open, which they are after the recovery, the broker answers a request,
# and the application's login exists (reconcile.sh writes READY_MARK). Waits: PROBE_TIMEOUT - 1 s for the answer.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answer.sh
source "$HERE/answer.sh"

main() {
  : "${BROKER_PORT:?the local port of the broker}" "${CLIENT_PORTS:?the ports of the clients}"
  : "${READY_MARK:?the file that reconcile.sh writes}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local port
  for port in $CLIENT_PORTS; do
    if ! connects "$port"; then
      echo "not ready: no connections on port $port" >&2
      exit 1
    fi
  done
  if ! answers "$BROKER_PORT"; then
    echo "not ready: the broker does not answer on port $BROKER_PORT" >&2
    exit 1
  fi
  if [[ ! -e "$READY_MARK" ]]; then
    echo "not ready: the application's login does not exist yet; see the log of the reconcile container" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
