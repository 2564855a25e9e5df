#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server answers, whatever it says. Its ports open when it knows its databases, however long that takes.
# Waits: one request, PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=http.sh
source "$HERE/http.sh"

main() {
  : "${HTTP_PORT:?the port}" "${HTTP_PATH:?the path}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer
  if ! answer=$(ask "$HTTP_PATH") || [[ "$answer" != HTTP/* ]]; then
    echo "not started: no answer on port $HTTP_PORT" >&2
    exit 1
  fi
  echo "started: $answer"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
