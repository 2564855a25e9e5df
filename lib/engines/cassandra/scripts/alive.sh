#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers at all, neither the JVM nor the port of clients. Busy, or reading its log again,
# is alive. Waits: two questions one after the other, PROBE_TIMEOUT - 1 s and 2 s (cql.sh); the probe has 10 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"
# shellcheck source-path=SCRIPTDIR source=cql.sh
source "$HERE/cql.sh"

main() {
  : "${JMX_PORT:?the port of JMX}" "${DB_PORT:?the port of clients}" "${TLS:?off, optional or required}" "${PROBE_TIMEOUT:?3 to 7}"
  if ! jmx_answers && ! answers "$DB_PORT" "$TLS"; then
    echo "dead: no answer on ports $JMX_PORT and $DB_PORT" >&2
    exit 1
  fi
  echo "alive"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
