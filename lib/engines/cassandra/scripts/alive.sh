#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when the JVM gives no answer at all. Busy, or reading its log again, is alive.
# Waits: one question, PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"

main() {
  : "${JMX_PORT:?the port of JMX}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  if ! jmx_answers; then
    echo "dead: no answer on port $JMX_PORT within $((PROBE_TIMEOUT - 1)) s" >&2
    exit 1
  fi
  echo "alive"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
