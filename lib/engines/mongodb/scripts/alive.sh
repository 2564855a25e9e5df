#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody listens (1) or nobody answers at all (3). Who hangs up (2) has all the connections
# that it may have, which is busy and not dead. Waits: one question, below the probe's own limit (hello.sh).

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=hello.sh
source "$HERE/hello.sh"

main() {
  : "${DB_PORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}" "${TLS_REQUIRED:?true or false}"
  local result=0
  hello "$DB_PORT" || result=$?
  if ((result == 1 || result == 3)); then
    echo "dead: no answer from port $DB_PORT (hello: $result)" >&2
    exit 1
  fi
  echo "alive (hello: $result)"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
