#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when the controller gives no answer at all. It has threads of its own, so that neither a broker
# that recovers nor one that is busy is taken for dead. Waits: PROBE_TIMEOUT - 1 s for the answer.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answer.sh
source "$HERE/answer.sh"

main() {
  : "${CONTROLLER_PORT:?the port of the controller}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  if ! answers "$CONTROLLER_PORT"; then
    echo "dead: no answer on port $CONTROLLER_PORT within $((PROBE_TIMEOUT - 1)) s" >&2
    exit 1
  fi
  echo "alive"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
