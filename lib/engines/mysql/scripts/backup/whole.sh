#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh: whether a dump would have, and has, everything, of one moment. Waits for nothing.

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
