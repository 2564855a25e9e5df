#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: all databases of users in one file, as statements of SQL, read in one transaction, so that they are of
# one moment. The rows are counted in the file itself. Waits: 30 s for a connection; for locks of tables as long as the Job may.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=tools.sh
source "$HERE/tools.sh"
# shellcheck source-path=SCRIPTDIR source=connect.sh
source "$HERE/connect.sh"
# shellcheck source-path=SCRIPTDIR source=counts.sh
source "$HERE/counts.sh"

# What the role may not see would be missing without a word: tables, triggers and routines of others.
check_rights() {
  local missing
  missing=$(ask <<SQL
SELECT CONCAT(wanted.name, ' on ', s.schema_name) FROM information_schema.schemata AS s JOIN (
  SELECT 'SELECT' AS name, 'SELECT' AS any_of UNION ALL SELECT 'SHOW VIEW', 'SHOW VIEW' UNION ALL SELECT 'TRIGGER', 'TRIGGER'
  UNION ALL SELECT 'EVENT', 'EVENT' UNION ALL SELECT 'EXECUTE', 'EXECUTE|SHOW_ROUTINE|SHOW CREATE ROUTINE') AS wanted
WHERE LOWER(s.schema_name) $USERS_OWN
  AND NOT EXISTS (SELECT 1 FROM information_schema.user_privileges AS u
    WHERE u.grantee = @me AND u.privilege_type REGEXP CONCAT('^(', wanted.any_of, ')$'))
  AND NOT EXISTS (SELECT 1 FROM information_schema.schema_privileges AS p
    WHERE p.grantee = @me AND s.schema_name LIKE p.table_schema AND p.privilege_type REGEXP CONCAT('^(', wanted.any_of, ')$'))
ORDER BY s.schema_name, wanted.name LIMIT 20;
SQL
  ) || fail "the rights of $DB_USER cannot be read"
  if [[ -n "$missing" ]]; then
    fail "$DB_USER does not see everything in the databases that it sees. It has to be granted, and not by way of a role: ${missing//$'\n'/, }"
  fi
}

# One transaction sees one moment of InnoDB's tables; of others it would see several.
check_engines() {
  local others
  others=$(ask <<SQL
SELECT CONCAT(table_schema, '.', table_name, ' (', COALESCE(engine, 'cannot be opened'), ')') FROM information_schema.tables
WHERE LOWER(table_schema) $USERS_OWN AND table_type NOT LIKE '%VIEW' AND COALESCE(engine, '') <> 'InnoDB' ORDER BY 1 LIMIT 20;
SQL
  ) || fail "the tables cannot be listed"
  if [[ -n "$others" ]]; then
    fail "only tables of InnoDB can be dumped at one moment. Change these with ALTER TABLE … ENGINE=InnoDB, or drop them: ${others//$'\n'/, }"
  fi
}

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

# The names of all tables, as in the counts.
listed_tables() {
  ask <<<"SELECT HEX(CONCAT(table_schema, '.', table_name)), '' FROM information_schema.tables WHERE LOWER(table_schema) $USERS_OWN AND $TABLES;" |
    count_rows server | LC_ALL=C sort
}

# A table that was renamed in the meantime may have been passed over by the tool, which asks for one database after the other.
check_complete() {
  local gone
  gone=$(sed 's/[0-9]*$//' "$RUN_DIR/counts" | LC_ALL=C sort | LC_ALL=C comm -23 "$RUN_DIR/listed" - | head -n 20)
  if [[ -n "$gone" ]]; then fail "tables were dropped or renamed while the dump was made, and are not in it: ${gone//$'\n'/, }"; fi
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
}
