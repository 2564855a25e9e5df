#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh: how the server is reached, and whether it is one that can be dumped as a whole. Waits: 30 s for a connection.

# The password is in a file in memory, and in no argument and no variable of a program.
connect() {
  local word
  word=$(<"$PASSWORD_FILE")
  word=${word//\\/\\\\}
  export PGPASSFILE=$RUN_DIR/pgpass PGHOST=$DB_HOST PGPORT=$DB_PORT PGUSER=$DB_USER PGCONNECT_TIMEOUT=30 PGAPPNAME=backup
  export PGSSLMODE=prefer
  if [[ "$TLS" == true ]]; then PGSSLMODE=require; fi
  (umask 077 && printf '*:*:*:*:%s\n' "${word//:/\\:}" >"$PGPASSFILE")
}

# A client older than its server may leave something out, and a newer one writes what the older server cannot read.
check_versions() {
  local client
  SERVER_VERSION=$(sql "$DB_NAME" --command='SHOW server_version') || fail "the server at $DB_HOST:$DB_PORT cannot be asked as $DB_USER"
  SERVER_VERSION=${SERVER_VERSION%% *}
  client=$(pg_dump --version)
  client=${client#*) }
  if [[ "${client%%[!0-9]*}" != "${SERVER_VERSION%%[!0-9]*}" ]]; then
    fail "pg_dump is of version ${client%% *}, the server of $SERVER_VERSION: a backup is made with the tools of the server's own major"
  fi
  # shellcheck disable=SC2034 # backup.sh writes it into the manifest
  POSITION=$(sql "$DB_NAME" --command='SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END')
}

# What is left out has to be empty, or the backup would only look like one.
refuse_what_is_left_out() {
  local tables closed
  tables=$(sql postgres --command="SELECT count(*) FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace WHERE relkind IN ('r', 'm') AND $USERS_TABLES") ||
    fail "$DB_USER cannot look whether the database postgres, which is not dumped, is empty"
  ((tables == 0)) || fail "the database postgres, which is not dumped, has $tables tables; move them into a database of their own"
  closed=$(sql "$DB_NAME" --command='SELECT count(*) FROM pg_database WHERE NOT datistemplate AND NOT datallowconn')
  ((closed == 0)) || fail "$closed databases take no connections and cannot be dumped; drop them, or open them"
}
