#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar without secrets: keeps roles, databases, extensions and memberships as databases.json declares, and changed files
# in use. The server itself reads the mounted files, so no password passes through here. Runs until SIGTERM.
# Waits: per statement 120 s, per psql 300 s, between two rounds RECONCILE_INTERVAL; ends within 1 s of SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
WORKER='' BASE_DONE='' ALL_DONE='' FILES_LOADED=''
declare -A SAID=()

# Sent with the connection, so in force before the first statement and above anything set for a database or role.
# Nothing of these sessions goes to the server's log (log_min_messages): an error's context would quote a password.
SESSION=(log_min_messages=panic log_min_error_statement=panic log_statement=none log_duration=off
  log_min_duration_statement=-1 log_min_duration_sample=-1 log_transaction_sample_rate=0 pg_stat_statements.track=none
  pg_stat_statements.track_utility=off auto_explain.log_min_duration=-1 pgaudit.log=none
  password_encryption=scram-sha-256 role=none search_path=pg_catalog default_transaction_read_only=off
  client_min_messages=notice lock_timeout=30s statement_timeout=120s)

say() { printf 'reconcile.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again in every round.
complain() {
  local last=${SAID["$1"]:--60}
  if ((SECONDS - last < 60)); then return; fi
  SAID["$1"]=$SECONDS
  say "$1" >&2
}

sql() {
  timeout --foreground --kill-after=5 300 psql -XwqAt -v ON_ERROR_STOP=1 -v SHOW_CONTEXT=never "$@" </dev/null
}

# Prints what was changed, or why it failed.
apply() {
  local output
  if ! output=$(sql "${@:2}" 2>&1); then
    complain "FAILED $1: $output"
    return 1
  fi
  if [[ -n "$output" ]]; then say "$1: $output"; fi
}

# Certificate and storage.conf. Also once per start: they may have changed between the server's start and this round.
reload_files() {
  if [[ -z "$1" || "$1" == "$FILES_LOADED" ]]; then return; fi
  apply files -c 'SELECT pg_reload_conf()' >/dev/null || return 0
  FILES_LOADED=$1
  say "files: the server was told to read its certificate and storage.conf again"
}

# Each database by the environment: psql would read a name with "=" as a connection string.
extend_databases() {
  local name names failed=0
  mapfile -d '' -t names < <(sql -0 -f "$HERE/extended.sql")
  wait "$!" || return 1
  for name in "${names[@]}"; do
    PGDATABASE=$name apply "extensions of database \"$name\"" -f "$HERE/extensions.sql" || failed=1
  done
  return "$failed"
}

round() {
  local status recovering wanted files failed=0
  if ! status=$(sql -f "$HERE/status.sql" 2>&1); then
    complain "waiting for the server: $status"
    return 0
  fi
  IFS='|' read -r recovering wanted files <<<"${status##*$'\n'}" # warnings may come before the row
  reload_files "$files"
  if [[ "$recovering" != f || "$wanted" == "$ALL_DONE" ]]; then return; fi
  if [[ "$wanted" != "$BASE_DONE" ]]; then
    BASE_DONE='' ALL_DONE='' # half done is neither the old state nor the new one
    apply roles -f "$HERE/roles.sql" || failed=1
    apply databases -f "$HERE/databases.sql" || failed=1
    if ((failed)) || ! touch "$READY_MARK"; then return; fi
    BASE_DONE=$wanted
  fi
  extend_databases || failed=1
  apply memberships -f "$HERE/memberships.sql" || failed=1
  if ((failed)); then return; fi
  ALL_DONE=$wanted SAID=()
  say "everything is as declared"
}

main() {
  : "${PGHOST:?the folder of the socket}" "${PGPORT:?the port}" "${PGUSER:?the superuser}"
  : "${CONFIG_DIR:?the folder of databases.json}" "${CREDENTIALS_DIR:?the folder of the credentials}"
  : "${READY_MARK:?the file that ready.sh wants}" "${RECONCILE_INTERVAL:?seconds between two rounds}"
  SESSION+=("stateful.databases=$CONFIG_DIR/databases.json" "stateful.credentials=$CREDENTIALS_DIR")
  PGOPTIONS=$(printf -- '-c %s ' "${SESSION[@]}" "stateful.tls=${TLS_DIR:-}")
  export PGOPTIONS PGDATABASE=postgres PGCONNECT_TIMEOUT=10 PGAPPNAME=reconcile
  # The work is in a process group of its own, so that this process is free to hear SIGTERM and to end all of it at once.
  trap 'kill -s KILL -- "-$WORKER" 2>/dev/null || true; exit 0' TERM INT
  set -m
  while round; do sleep "$RECONCILE_INTERVAL"; done </dev/null &
  WORKER=$!
  wait "$WORKER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
