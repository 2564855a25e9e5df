#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by drill.sh: what is asked of a database that was restored, as its superuser, over the socket of its pod. Waits: a
# statement takes as long as it takes; the Job has a deadline.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=tools.sh
source "$HERE/tools.sh"
# shellcheck source-path=SCRIPTDIR source=counts.sh
source "$HERE/counts.sh"

as_superuser() {
  "$CLIENT" --no-defaults --socket="$SOCKET" --user="$SUPERUSER" --batch --skip-column-names --binary-mode \
    --default-character-set=utf8mb4 "$@"
}

# Events would change what is about to be compared; in a pod that is only for the check, none has to run.
server_answers() { as_superuser --execute='SET GLOBAL event_scheduler = OFF' >/dev/null 2>&1 || as_superuser --execute='SELECT 1' >/dev/null 2>&1; }

# for_each_table TEXT: prints the statement for each table of users; TEXT is an expression with `place`, the table's name
# between its quotes, and `name`, the same in hexadecimal digits. A name may have line breaks.
for_each_table() {
  as_superuser --raw <<SQL
SET SESSION sql_mode = '';
SELECT CONCAT($1, ';') FROM (
  SELECT HEX(CONCAT(table_schema, '.', table_name)) AS name, table_type AS kind,
    CONCAT('\`', REPLACE(table_schema, '\`', '\`\`'), '\`.\`', REPLACE(table_name, '\`', '\`\`'), '\`') AS place
  FROM information_schema.tables WHERE LOWER(table_schema) $USERS_OWN AND $TABLES) AS tables;
SQL
}

# Every page of every index of every table.
integrity() {
  local statements answers
  statements=$(for_each_table "'CHECK TABLE ', place, ' EXTENDED'")
  answers=$(as_superuser <<<"$statements")
  if grep -avE $'\tcheck\tstatus\tOK$' <<<"$answers" >&2; then return 1; fi
}

counted() {
  local statements
  statements=$(for_each_table "'SELECT \"', name, '\", COUNT(*) FROM ', place, IF(kind = 'SYSTEM VERSIONED', ' FOR SYSTEM_TIME ALL', '')")
  { if [[ -n "$statements" ]]; then as_superuser <<<"$statements"; fi; } | count_rows server | counts_json
}

# assertion QUERY: its first value has to be true.
assertion() {
  local answer
  answer=$(as_superuser --database="$DB_NAME" --execute="$1") || return 1
  answer=${answer%%$'\n'*}
  [[ "${answer%%$'\t'*}" == 1 ]]
}
