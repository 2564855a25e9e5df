#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers at all, neither health, which has a thread of its own, nor the port of clients.
# An unhealthy or busy server is alive. Waits: two questions one after the other, PROBE_TIMEOUT - 1 s each; the probe has 10 s.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=answers.sh
source "$HERE/answers.sh"

main() {
  : "${MIN_PORT:?the port of health}" "${PG_PORT:?the port of clients}" "${PROBE_TIMEOUT:?3 to 6}"
  local status
  status=$(health)
  if [[ -z "$status" ]] && ! pg_answers; then
    echo "dead: no answer on ports $MIN_PORT and $PG_PORT within $((PROBE_TIMEOUT - 1)) s each" >&2
    exit 1
  fi
  echo "alive (${status:-no health, but clients are answered})"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
