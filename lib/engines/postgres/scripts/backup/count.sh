#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh and check.sh: how rows are counted, so that what was dumped and what was restored can be compared.
# Waits: as long as counting takes.

# Tables of more pages (1 GiB) are not counted, as counting reads all of them.
COUNTED_PAGES=131072
# The tables of users: no catalogs, and nothing that an extension keeps for itself.
USERS_TABLES="relpersistence <> 't' AND nspname <> 'information_schema' AND nspname !~ '^(pg_|_timescaledb)'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')"

# The database is that of PGDATABASE, which, unlike an argument, is never read as a list of options.
sql() { PGDATABASE=${1:?} psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "${@:2}"; }

# Prints the names, each followed by a zero byte. Templates are made by the server itself, and `postgres` holds nothing; of the
# others none is left out, whoever owns it.
databases() {
  sql "$DB_NAME" --command="SELECT datname FROM pg_database WHERE NOT datistemplate AND datallowconn AND datname <> 'postgres' ORDER BY datname" |
    tr '\n' '\0'
}

# One moment, and an open transaction at its end. Answers the snapshot, the number of tables, then a line of JSON for each table
# that is counted. Row security that hides rows is an error here, and not a smaller number.
counting_sql() {
  cat <<SQL
SET row_security = off;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot();
SELECT count(*) FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace WHERE relkind IN ('r', 'm') AND $USERS_TABLES;
SELECT format('SELECT json_build_object(%L, count(*)) FROM ONLY %I.%I', format('%s.%s.%s', current_database(), nspname, relname), nspname, relname)
FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace
WHERE relkind = 'r' AND relpages <= $COUNTED_PAGES AND $USERS_TABLES ORDER BY nspname, relname
\\gexec
SQL
}

# The lines of all databases, which are read from the standard input, as one object of JSON.
counts_json() {
  local line separator=''
  printf '{'
  while read -r line; do
    line=${line#\{}
    printf '%s %s' "$separator" "${line%\}}"
    separator=,
  done
  printf ' }'
}
