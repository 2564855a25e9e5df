#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody takes connections. A server that is busy, out of memory for queries or full still
# does. Waits: one connection within the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=http.sh
source "$HERE/http.sh"

main() {
  : "${HTTP_PORT:?the port}"
  if ! listens "$HTTP_PORT"; then
    echo "dead: nobody takes connections on port $HTTP_PORT" >&2
    exit 1
  fi
  echo "alive"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
