#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by drill.sh: what is asked of a database that was restored, as its superuser, over the socket of its pod. Waits: a
# statement takes as long as it takes; the Job has a deadline.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=count.sh
source "$HERE/count.sh"
# All of them: a table may be smaller here than where it grew.
COUNTED_PAGES=2147483647
export PGUSER=${DB_SUPERUSER:-}

server_answers() { sql template1 --command='SELECT 1' >/dev/null 2>&1; }

# Every table and every index of every database.
integrity() { pg_amcheck --all --install-missing --no-password --heapallindexed >&2; }

counted() {
  local names=() name
  databases >"$RUN_DIR/databases"
  mapfile -d '' -t names <"$RUN_DIR/databases"
  for name in "${names[@]}"; do counting_sql | sql "$name" | tail -n +3; done | counts_json
}

# assertion QUERY: its first value has to be true.
assertion() {
  local answer
  answer=$(sql "$DB_NAME" --command="$1") || return 1
  [[ "$answer" == t ]]
}
