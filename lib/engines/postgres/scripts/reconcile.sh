#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar without secrets: keeps roles, databases, extensions and memberships as databases.json declares, has changed files
# read again, and makes the server read-only before a volume is full. The server itself reads the mounted files, so no
# password passes through here. Runs until SIGTERM.
# Waits: per statement 120 s, per psql 300 s, between two rounds RECONCILE_INTERVAL; ends within 1 s of SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
WORKER='' BASE_DONE='' ALL_DONE='' FILES_LOADED=''
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"
# shellcheck source-path=SCRIPTDIR source=space.sh
source "$HERE/space.sh"
# A flavour of the server may have a step of its own.
# shellcheck source=/dev/null
if [[ -e "$HERE/before-extensions.sh" ]]; then source "$HERE/before-extensions.sh"; fi

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
    if declare -F before_extensions >/dev/null && ! PGDATABASE=$name before_extensions; then
      failed=1
      continue
    fi
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
  : "${VOLUME_DIR:?the root of the data volume}"
  SESSION+=("stateful.databases=$CONFIG_DIR/databases.json" "stateful.credentials=$CREDENTIALS_DIR")
  PGOPTIONS=$(printf -- '-c %s ' "${SESSION[@]}" "stateful.tls=${TLS_DIR:-}")
  export PGOPTIONS PGDATABASE=postgres PGCONNECT_TIMEOUT=10 PGAPPNAME=reconcile
  # The work is in a process group of its own, so that this process is free to hear SIGTERM and to end all of it at once.
  trap 'kill -s KILL -- "-$WORKER" 2>/dev/null || true; exit 0' TERM INT
  set -m
  {
    watch_space &
    while round; do sleep "$RECONCILE_INTERVAL"; done
  } </dev/null &
  WORKER=$!
  wait "$WORKER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
