#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: clients are served. Only a server that has loaded its tree says in which mode it is. Waits: PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=ask.sh
source "$HERE/ask.sh"

main() {
  : "${PORT:?the port}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer
  answer=$(ask srvr) || answer=''
  if [[ "$answer" != *'Mode: standalone'* ]]; then
    echo "not ready: srvr on port $PORT says \"$answer\"" >&2
    exit 1
  fi
  if [[ -n "${TLS_PORT:-}" ]] && ! { exec 4<>"/dev/tcp/127.0.0.1/$TLS_PORT"; } 2>/dev/null; then
    echo "not ready: no connections on port $TLS_PORT" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
