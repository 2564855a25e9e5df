#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers on the socket. Too many connections, a lock or a full disk are answers. A
# probe that could not even run its client (126, 127) must not kill a database. Waits: one ping, ALIVE_SECONDS.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
ALIVE_SECONDS=9
# shellcheck source-path=SCRIPTDIR source=product.sh
source "$HERE/product.sh"

main() {
  : "${SOCKET:?the socket of the server}"
  local answer=0
  timeout "$ALIVE_SECONDS" "$ADMIN" --no-defaults --socket="$SOCKET" --user="$SUPERUSER" ping >/dev/null 2>&1 || answer=$?
  case "$answer" in
    0 | 126 | 127) echo "alive ($answer)" ;;
    *)
      echo "dead: no answer on $SOCKET within $ALIVE_SECONDS s ($answer)" >&2
      exit 1
      ;;
  esac
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
