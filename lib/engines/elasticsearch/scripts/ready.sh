#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: the application's user is let in, the node leads its cluster, and no shard is still being recovered.
# Yellow is ready: an index that asks for a copy on a second member never gets one here.
# Waits: one question, PROBE_TIMEOUT - 1 s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=ask.sh
source "$HERE/ask.sh"

# has NAME VALUE: whether the answer has it, VALUE being a pattern.
has() { [[ "$ANSWER" =~ \"$1\":\"?$2[\",}] ]]; }

# Red with all work done: some shards are lost. The others are served, and a restart would not bring them back.
gives_up() {
  has unassigned_shards '[1-9][0-9]*' && has initializing_shards 0 && has number_of_in_flight_fetch 0 &&
    has number_of_pending_tasks 0
}

main() {
  : "${SERVER_URL:?where the server answers}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local code
  ANSWER=$(ask '/_cluster/health?local=true' $((PROBE_TIMEOUT - 1)))
  code=${ANSWER##*$'\n'}
  if [[ "$code" == 401 ]]; then
    # The server knows its users and that of the Secret is another: for a moment after a change, or for longer.
    echo "ready, but the server does not know the password of the Secret"
  elif [[ "$code" == 200 ]] && has status '(green|yellow)'; then
    echo "ready: ${BASH_REMATCH[1]}"
  elif [[ "$code" == 200 ]] && has status red && gives_up; then
    echo "ready, but red: some shards are lost"
  else
    echo "not ready: the answer's code is $code; shards may still be recovered" >&2
    exit 1
  fi
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
