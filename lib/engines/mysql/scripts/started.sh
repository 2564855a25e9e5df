#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server answers on its socket, whatever it says. It opens the socket after the recovery, for which the
# budget of the probe is meant. Waits: one ping, PROBE_TIMEOUT - 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=product.sh
source "$HERE/product.sh"

main() {
  : "${SOCKET:?the socket of the server}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  # A refusal is an answer, and the exit code of the ping is 0 then.
  if ! timeout "$((PROBE_TIMEOUT - 1))" "$ADMIN" --no-defaults --socket="$SOCKET" --user="$SUPERUSER" ping >/dev/null 2>&1; then
    echo "not started: no answer on $SOCKET; a recovery may be under way, see the log" >&2
    exit 1
  fi
  echo "started: the server answers"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
