#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: clients are served: the server says so (or, where TLS is required, is up on its only plain port), and
# takes connections on the port of the native protocol. Waits: one request, PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=http.sh
source "$HERE/http.sh"

main() {
  : "${HTTP_PORT:?the port}" "${HTTP_PATH:?the path}" "${CLIENT_PORT:?the port of the native protocol}"
  : "${CLIENT_TLS:?whether that is TLS}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer
  if ! answer=$(ask "$HTTP_PATH") || [[ "$answer" != HTTP/1.?\ * ]]; then
    echo "not ready: no answer on port $HTTP_PORT" >&2
    exit 1
  fi
  if [[ "$CLIENT_TLS" != true && "$answer" != HTTP/1.?\ 200\ * ]]; then
    echo "not ready: $HTTP_PATH on port $HTTP_PORT says $answer" >&2
    exit 1
  fi
  if ! listens "$CLIENT_PORT"; then
    echo "not ready: no connections on port $CLIENT_PORT" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
