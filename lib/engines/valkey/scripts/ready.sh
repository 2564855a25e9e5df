#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: clients are served. Over TCP, and TLS where nothing else is spoken, as clients come; as the local
# administrator, because who has not logged in is never told that the server still loads.
# Waits: one PING, PROBE_TIMEOUT - 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"

main() {
  : "${RUN_DIR:?the folder of the administrator}" "${CLIENT:?the client}" "${ADMIN:?the administrator}" "${PORT:?the port}"
  : "${TLS_ONLY:?true or false}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local answer options=(-h 127.0.0.1 -p "$PORT")
  # The certificate is for the clients' name of this server, not for localhost.
  if [[ "$TLS_ONLY" == true ]]; then options+=(--tls --insecure); fi
  answer=$(ask $((PROBE_TIMEOUT - 1)) "${options[@]}" <<<'PING' 2>&1) || true
  # A server that is full serves those who are in: who comes now should hear that, and not find the Service without a server.
  if [[ "$answer" != PONG && "$answer" != *'max number of clients reached'* ]]; then
    echo "not ready: on port $PORT the answer was \"${answer%%$'\n'*}\"" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
