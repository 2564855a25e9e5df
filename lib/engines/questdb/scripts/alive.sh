#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers at all. An unhealthy or busy server is alive: health has a thread of its own.
# Waits: one question, PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"

main() {
  : "${MIN_PORT:?the port of health}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local status
  status=$(health)
  if [[ -z "$status" ]]; then
    echo "dead: no answer on port $MIN_PORT within $((PROBE_TIMEOUT - 1)) s" >&2
    exit 1
  fi
  echo "alive ($status)"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
