#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: each database as an archive of pg_dump, and the roles without their passwords. One transaction per
# database sees one moment; the rows are counted in the same one. Waits: 30 s for a connection, 10 minutes for a lock.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=count.sh
source "$HERE/count.sh"

# The password is in a file in memory, and in no argument and no variable of a program.
connect() {
  local password
  password=$(<"$PASSWORD_FILE")
  password=${password//\\/\\\\}
  export PGPASSFILE=$RUN_DIR/pgpass PGHOST=$DB_HOST PGPORT=$DB_PORT PGUSER=$DB_USER PGCONNECT_TIMEOUT=30 PGAPPNAME=backup
  export PGSSLMODE=prefer
  if [[ "$TLS" == true ]]; then PGSSLMODE=require; fi
  (umask 077 && printf '*:*:*:*:%s\n' "${password//:/\\:}" >"$PGPASSFILE")
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

# dump_database NUMBER NAME: the session that counts keeps its transaction open, and pg_dump looks at the same moment.
dump_database() {
  local number=$1 name=$2 snapshot='' tables='' line='' input output pid status=0
  coproc COUNTER { sql "$name"; }
  # bash forgets the coprocess, and its descriptors with it, as soon as it ends.
  pid=$COUNTER_PID
  exec {input}>&"${COUNTER[1]}" {output}<&"${COUNTER[0]}"
  counting_sql >&"$input"
  if ! { read -r snapshot && read -r tables; } <&"$output"; then fail "database $number cannot be read by $DB_USER"; fi
  OBJECTS=$((OBJECTS + tables))
  while read -r line <&"$output" && [[ -n "$line" ]]; do printf '%s\n' "$line" >>"$RUN_DIR/counts"; done
  # The empty line is the last one; an error ends the session before it.
  if ! kill -0 "$pid" 2>/dev/null; then fail "database $number cannot be counted by $DB_USER"; fi
  PGDATABASE=$name guarded pg_dump --format=custom --no-password --snapshot="$snapshot" --lock-wait-timeout=600s \
    --file="$WORK/data/$number.dump" || status=$?
  exec {input}>&- {output}<&-
  ((status == 0)) || fail "pg_dump of database $number ended with $status"
  wait "$pid" || fail "database $number: the transaction of the backup was ended"
}

dump() {
  local names=() name number=0
  connect
  check_versions
  OBJECTS=0
  : >"$RUN_DIR/counts"
  databases >"$RUN_DIR/databases"
  mapfile -d '' -t names <"$RUN_DIR/databases"
  PGDATABASE=$DB_NAME guarded pg_dumpall --globals-only --no-role-passwords --no-password --file="$WORK/data/globals.sql" ||
    fail "pg_dumpall ended with $?"
  for name in "${names[@]}"; do
    number=$((number + 1))
    dump_database "$number" "$name"
  done
  counts_json <"$RUN_DIR/counts" >"$WORK/counts.json"
}

# All of each archive is read and unpacked: what was cut off or damaged on its way to the disk is found.
verify() {
  local archive
  for archive in "$WORK"/data/*.dump; do
    [[ -e "$archive" ]] || fail "the server has no database that $DB_USER may see"
    guarded pg_restore --file=/dev/null "$archive" || fail "${archive##*/} cannot be read back"
  done
}
