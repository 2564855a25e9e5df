#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server answers, whatever it says; that shards are still being recovered is no reason to kill it.
# Waits: one question, PROBE_TIMEOUT - 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=ask.sh
source "$HERE/ask.sh"

main() {
  : "${SERVER_URL:?where the server answers}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer
  answer=$(ask / $((PROBE_TIMEOUT - 1)))
  if [[ "${answer##*$'\n'}" == 000 ]]; then
    echo "not started: no answer at $SERVER_URL" >&2
    exit 1
  fi
  echo "started: the server answers (${answer##*$'\n'})"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
