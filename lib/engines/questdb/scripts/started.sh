#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server answers, whatever it says. It opens its ports when its tables are opened.
# Waits: one question, PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"

main() {
  : "${MIN_PORT:?the port of health}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local status
  status=$(health)
  if [[ -z "$status" ]]; then
    echo "not started: no answer on port $MIN_PORT" >&2
    exit 1
  fi
  echo "started: the server answers ($status)"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
