#!/bin/sh
set -eu
# Liveness probe: fails only when nobody answers at all. The page is the plainest one: it waits for no lock of the server.
# Waits: PROBE_TIMEOUT - 1 s (ask.sh), below the probe's own limit.

HERE=$(dirname -- "$0")
# shellcheck source-path=SCRIPTDIR source=ask.sh
. "$HERE/ask.sh"

main() {
  if ! ask '/' >/dev/null; then
    echo "dead: no answer from the monitoring port" >&2
    exit 1
  fi
  echo "alive"
}

main "$@"
