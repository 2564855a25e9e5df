#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers at all. An answer that refuses (401) or is not ready (503) is an answer.
# Waits: one question, twice PROBE_TIMEOUT less 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=ask.sh
source "$HERE/ask.sh"

main() {
  : "${SERVER_URL:?where the server answers}" "${PROBE_TIMEOUT:?half of timeoutSeconds of the probe, 3 or more}"
  local answer limit=$((2 * PROBE_TIMEOUT - 1))
  answer=$(ask / "$limit")
  if [[ "${answer##*$'\n'}" == 000 ]]; then
    echo "dead: no answer at $SERVER_URL within $limit s" >&2
    exit 1
  fi
  echo "alive (${answer##*$'\n'})"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
