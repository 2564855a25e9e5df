#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server exists and answers. "LOADING" means that it reads its data, which is no reason to kill it, however
# long it takes. Waits: one PING, PROBE_TIMEOUT - 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"

main() {
  : "${RUN_DIR:?the folder of the socket}" "${CLIENT:?the client}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer
  if ! answer=$(knock $((PROBE_TIMEOUT - 1))); then
    echo "not started: no answer in $RUN_DIR within $((PROBE_TIMEOUT - 1)) s ($answer)" >&2
    exit 1
  fi
  echo "started: $answer"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
