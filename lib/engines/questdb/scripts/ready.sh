#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: the server says that it is healthy, and answers over TCP as clients of the PostgreSQL protocol come.
# Waits: two questions one after the other, together below the probe's own limit: each is given half of it.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"

main() {
  : "${MIN_PORT:?the port of health}" "${PG_PORT:?the port of clients}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe}"
  local status
  PROBE_TIMEOUT=$(((PROBE_TIMEOUT + 1) / 2))
  status=$(health)
  if [[ "$status" != 200 ]]; then
    echo "not ready: health on port $MIN_PORT says ${status:-nothing}" >&2
    exit 1
  fi
  if ! pg_answers; then
    echo "not ready: no connections on port $PG_PORT" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
