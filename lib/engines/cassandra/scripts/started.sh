#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the server's JVM answers, if only while it reads its log again or makes its first roles.
# Waits: one question, PROBE_TIMEOUT - 1 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"

main() {
  : "${JMX_PORT:?the port of JMX}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  if ! jmx_answers; then
    echo "not started: no answer on port $JMX_PORT" >&2
    exit 1
  fi
  echo "started: the server answers"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
