#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server answers, whatever its state. It listens only after it has recovered, so silence is no reason to
# kill it before the budget ends. Waits: one question, below the probe's own limit (hello.sh).

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=hello.sh
source "$HERE/hello.sh"

main() {
  : "${DB_PORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}" "${TLS_REQUIRED:?true or false}"
  local result=0
  hello "$DB_PORT" || result=$?
  if ((result != 0)) || [[ "$ANSWER" != *"$FINE"* ]]; then
    echo "not started: no answer from port $DB_PORT (hello: $result)" >&2
    exit 1
  fi
  echo "started"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
