#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when the server gives no answer at all. It says imok as soon as it listens, whether it loads its
# tree, is busy or serves. Waits: PROBE_TIMEOUT - 1 s for the answer.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=ask.sh
source "$HERE/ask.sh"

main() {
  : "${PORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer
  answer=$(ask ruok) || answer=''
  if [[ -z "$answer" ]]; then
    echo "dead: no answer on port $PORT within $((PROBE_TIMEOUT - 1)) s" >&2
    exit 1
  fi
  echo "alive ($answer)"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
