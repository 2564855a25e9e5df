#!/bin/sh
set -eu
# Sourced by the probes: asks the monitoring port of this pod. Waits: PROBE_TIMEOUT - 1 s, below the probe's own limit.

# Prints the answer to a path. Fails if there is none, or if it is an error. The official image has wget; an image of one's own
# that has not may have bash.
ask() {
  : "${MONITOR_PORT:?the port of the monitoring}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  if command -v wget >/dev/null; then
    timeout "$((PROBE_TIMEOUT - 1))" wget -q -O - "http://127.0.0.1:$MONITOR_PORT$1"
  else
    ASKED=$1 timeout "$((PROBE_TIMEOUT - 1))" "$HERE/ask-with-bash.sh"
  fi
}
