#!/bin/sh
set -eu
# Readiness probe: streams are served. One that is damaged does not take all others from their clients: the log says which.
# Waits: PROBE_TIMEOUT - 1 s (ask.sh), below the probe's own limit.

HERE=$(dirname -- "$0")
# shellcheck source-path=SCRIPTDIR source=ask.sh
. "$HERE/ask.sh"

main() {
  if ! ask '/healthz?js-server-only=true' >/dev/null; then
    echo "not ready: the server does not serve streams" >&2
    exit 1
  fi
  echo "ready"
}

main "$@"
