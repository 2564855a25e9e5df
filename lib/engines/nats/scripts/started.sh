#!/bin/sh
set -eu
# Startup probe: the server tells about itself, which it does while it still reads its streams.
# Waits: PROBE_TIMEOUT - 1 s (ask.sh), below the probe's own limit.

HERE=$(dirname -- "$0")
# shellcheck source-path=SCRIPTDIR source=ask.sh
. "$HERE/ask.sh"

main() {
  if ! ask '/varz' >/dev/null; then
    echo "not started: no answer from the monitoring port" >&2
    exit 1
  fi
  echo "started"
}

main "$@"
