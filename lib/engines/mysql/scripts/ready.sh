#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: clients are served. Over TCP, as clients come, and only after the declared users and databases exist
# (reconcile.sh writes READY_MARK). Waits: one ping, PROBE_TIMEOUT - 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=product.sh
source "$HERE/product.sh"

main() {
  : "${PORT:?the port}" "${READY_MARK:?the file that reconcile.sh writes}"
  : "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  if ! timeout "$((PROBE_TIMEOUT - 1))" "$ADMIN" --no-defaults --protocol=tcp --host=127.0.0.1 --port="$PORT" --user=readiness \
    ping >/dev/null 2>&1; then
    echo "not ready: no answer on 127.0.0.1, port $PORT" >&2
    exit 1
  fi
  if [[ ! -e "$READY_MARK" ]]; then
    echo "not ready: the declared users and databases do not exist yet; see the log of the reconcile container" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
