#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar with TLS: composes a renewed certificate for the server, which watches the file (client.certReload) and takes it
# without a restart. Runs until SIGTERM. Waits: between two looks RENEW_INTERVAL; ends at once on SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
SAID=''
# shellcheck source-path=SCRIPTDIR source=certificate.sh
source "$HERE/certificate.sh"

look() {
  local wrong
  if [[ ! -e "$RUN_DIR/server.pem" || "$(cat -- "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt")" == "$(<"$RUN_DIR/server.pem")" ]]; then return; fi
  if wrong=$(check_certificate); then
    compose_certificate
    echo "renew.sh: the renewed certificate is in place"
  elif [[ "$wrong" != "$SAID" ]]; then
    SAID=$wrong
    echo "renew.sh: FAILED: $wrong" >&2
  fi
}

main() {
  : "${TLS_DIR:?the certificate}" "${RUN_DIR:?a folder in memory}" "${RENEW_INTERVAL:?seconds between two looks}"
  trap 'kill $(jobs -p) 2>/dev/null; exit 0' TERM INT
  while true; do
    look
    sleep "$RENEW_INTERVAL" &
    wait "$!" || true
  done
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
