#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: the server takes writes, and the declared users exist (reconcile.sh writes READY_MARK).
# Waits: one question, below the probe's own limit (hello.sh).

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=hello.sh
source "$HERE/hello.sh"

main() {
  : "${DB_PORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}" "${TLS_REQUIRED:?true or false}"
  : "${READY_MARK:?the file that reconcile.sh writes}"
  local result=0
  hello "$DB_PORT" || result=$?
  if ((result != 0)); then
    echo "not ready: no answer from port $DB_PORT (hello: $result)" >&2
    exit 1
  fi
  if [[ "$ANSWER" != *"$WRITABLE"* || "$ANSWER" != *"$FINE"* ]]; then
    echo "not ready: the member is no primary; see the log of the reconcile container" >&2
    exit 1
  fi
  if [[ ! -e "$READY_MARK" ]]; then
    echo "not ready: the declared users do not exist yet; see the log of the reconcile container" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
