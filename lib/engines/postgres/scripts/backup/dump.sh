#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: each database as an archive of pg_dump, and the roles without their passwords. One transaction per
# database sees one moment; the rows are counted in the same one. Waits: 30 s for a connection, 10 minutes for a lock.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=count.sh
source "$HERE/count.sh"

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

# count_database NAME: begins a session that counts, and then keeps its transaction open until SESSION is closed. psql writes its
# answers out when it closes a file, and not before.
count_database() {
  rm -f -- "$RUN_DIR/counted" "$RUN_DIR/done"
  coproc COUNTER { sql "$1" --set="counted=$RUN_DIR/counted" --set="done=$RUN_DIR/done" >/dev/null; }
  # bash forgets the coprocess, and its descriptors with it, as soon as it ends.
  COUNTING=$COUNTER_PID SESSION=${COUNTER[1]}
  { printf '\\o :counted\n' && counting_sql && printf '\\o :done\n\\o\n'; } >&"$SESSION"
  until [[ -e "$RUN_DIR/done" ]]; do
    kill -0 "$COUNTING" 2>/dev/null || return 1
    sleep 0.1
  done
}

# dump_database NUMBER NAME: pg_dump looks at the moment in which the rows were counted.
dump_database() {
  local number=$1 name=$2 snapshot tables status=0
  count_database "$name" || fail "database $number cannot be counted by $DB_USER"
  { read -r snapshot && read -r tables; } <"$RUN_DIR/counted"
  OBJECTS=$((OBJECTS + tables))
  tail -n +3 -- "$RUN_DIR/counted" >>"$RUN_DIR/counts"
  PGDATABASE=$name guarded pg_dump --format=custom --no-password --snapshot="$snapshot" --lock-wait-timeout=600s \
    --file="$WORK/data/$number.dump" || status=$?
  exec {SESSION}>&-
  ((status == 0)) || fail "pg_dump of database $number ended with $status"
  wait "$COUNTING" || fail "database $number: the transaction of the backup was ended"
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
