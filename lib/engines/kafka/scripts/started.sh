#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the controller listens. It does so before the broker has recovered its log, which is no reason to kill it,
# however long it takes. Waits for nothing.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answer.sh
source "$HERE/answer.sh"

main() {
  : "${CONTROLLER_PORT:?the port of the controller}"
  if ! connects "$CONTROLLER_PORT"; then
    echo "not started: nobody listens on port $CONTROLLER_PORT" >&2
    exit 1
  fi
  echo "started: the controller listens"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
