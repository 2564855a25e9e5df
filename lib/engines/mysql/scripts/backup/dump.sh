#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: all databases of users in one file, as statements of SQL, read in one transaction, so that they are of
# one moment. The rows are counted in the file itself. Waits: 30 s for a connection; for locks of tables as long as the Job may.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=tools.sh
source "$HERE/tools.sh"
# shellcheck source-path=SCRIPTDIR source=connect.sh
source "$HERE/connect.sh"
# shellcheck source-path=SCRIPTDIR source=whole.sh
source "$HERE/whole.sh"
# shellcheck source-path=SCRIPTDIR source=counts.sh
source "$HERE/counts.sh"

# Sets NAMES. They come in hexadecimal digits, as a name may hold anything.
databases() {
  local listed digits text name
  NAMES=()
  listed=$(ask <<<"SELECT HEX(schema_name) FROM information_schema.schemata WHERE LOWER(schema_name) $USERS_OWN ORDER BY schema_name;")
  while read -r digits; do
    text=''
    while [[ -n "$digits" ]]; do text+=\\x${digits:0:2} digits=${digits:2}; done
    printf -v name '%b' "$text"
    if [[ -n "$name" ]]; then NAMES+=("$name"); fi
  done <<<"$listed"
  if ((${#NAMES[@]} == 0)); then fail "the server has no database that $DB_USER may see"; fi
}

dump() {
  local position=false status=0
  rm -f -- "$RUN_DIR/position"
  connect
  check_server
  check_rights
  check_engines
  databases
  listed_tables >"$RUN_DIR/listed" || fail "the tables cannot be listed"
  if [[ "$(position_sql | ask)" == 1 ]]; then position=true; fi
  { printf '%s\n' "[$DUMP]" && dump_lines "$position"; } >>"$OPTIONS"
  guarded "$DUMP" --defaults-file="$OPTIONS" --single-transaction --routines --events --triggers --hex-blob --no-tablespaces \
    --result-file="$WORK/data/databases.sql" --databases -- "${NAMES[@]}" || status=$?
  ((status == 0)) || fail "$DUMP ended with $status: the reason is above"
  # A table may have come while the others were read.
  check_engines
}

# All bytes are read again: a dump has no zero bytes, begins and ends every statement, and has the tool's mark at its end.
verify() {
  local file=$WORK/data/databases.sql
  : >"$WORK/data/definers.txt"
  guarded count_rows dump position="$RUN_DIR/position" definers="$WORK/data/definers.txt" "$file" >"$RUN_DIR/counts" || fail "databases.sql cannot be read back"
  if (($(tr -d '\0' <"$file" | wc -c) != $(stat -c %s -- "$file"))); then fail "databases.sql has holes"; fi
  check_complete
  # shellcheck disable=SC2034 # backup.sh writes it and the position into the manifest
  OBJECTS=$(wc -l <"$RUN_DIR/counts")
  if [[ -e "$RUN_DIR/position" ]]; then
    # shellcheck disable=SC2034
    POSITION=$(paste -s -d ' ' "$RUN_DIR/position")
  fi
  counts_json <"$RUN_DIR/counts" >"$WORK/counts.json"
  # shellcheck disable=SC2034 # backup.sh compares it with the last one
  ROWS=$(sum_of_counts <"$WORK/counts.json")
}
