#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: each database as an archive of pg_dump, and the roles without their passwords. One transaction per
# database sees one moment; the rows are counted in the same one. Waits: 30 s for a connection, 10 minutes for a lock.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=count.sh
source "$HERE/count.sh"
# shellcheck source-path=SCRIPTDIR source=connect.sh
source "$HERE/connect.sh"

# count_database NAME: begins a session that counts, and then keeps its transaction open until SESSION is closed. psql writes its
# answers out when it closes a file, and not before.
count_database() {
  rm -f -- "$RUN_DIR/counted" "$RUN_DIR/done"
  coproc COUNTER { sql "$1" --set="counted=$RUN_DIR/counted" --set="done=$RUN_DIR/done" >/dev/null; }
  # bash forgets the coprocess, and its descriptors with it, as soon as it ends.
  COUNTING=$COUNTER_PID SESSION=${COUNTER[1]}
  # A time limit of the server or the role would end the transaction in the middle of the dump.
  { printf "SELECT set_config(name, '0', false) FROM pg_settings WHERE name ~ '^(statement|lock|idle_in_transaction_session|idle_session|transaction)_timeout$';\n" &&
    printf '\\o :counted\n' && counting_sql && printf '\\o :done\n\\o\n'; } >&"$SESSION"
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
  [[ -n "$DB_NAME" ]] || fail "PostgreSQL needs the name of a database to connect to"
  connect
  check_versions
  refuse_what_is_left_out
  OBJECTS=0
  : >"$RUN_DIR/counts"
  databases >"$RUN_DIR/databases"
  mapfile -d '' -t names <"$RUN_DIR/databases"
  PGDATABASE=$DB_NAME guarded pg_dumpall --globals-only --no-role-passwords --no-tablespaces --no-password --file="$WORK/data/globals.sql" ||
    fail "pg_dumpall ended with $?"
  for name in "${names[@]}"; do
    number=$((number + 1))
    dump_database "$number" "$name"
  done
  counts_json <"$RUN_DIR/counts" >"$WORK/counts.json"
  # shellcheck disable=SC2034 # backup.sh compares it with the last one
  ROWS=$(sum_of_counts <"$WORK/counts.json")
}

# All of each archive is read and unpacked: what was cut off or damaged on its way to the disk is found.
verify() {
  local archive
  for archive in "$WORK"/data/*.dump; do
    [[ -e "$archive" ]] || fail "the server has no database that $DB_USER may see"
    guarded pg_restore --file=/dev/null "$archive" || fail "${archive##*/} cannot be read back"
  done
}
