#!/usr/bin/env bash
set -Eeuo pipefail
# Dumps a database into WORK/data and verifies it, as an init container of a backup's pod: what follows runs only if this
# succeeds. The engine's dump.sh, which is sourced, has the functions `dump`, which fills WORK/data, and `verify`, which reads
# all of it again. Waits: as long as the tools take; the Job has a deadline. Ends within a second after SIGTERM.
#
# In WORK: `id` and `previous` (prepare.sh); here are made `data/`, `SHA256SUMS` and `manifest.json`.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
CHILD='' STARTED='' FAILED=''
# shellcheck source-path=SCRIPTDIR source=manifest.sh
source "$HERE/manifest.sh"
# What dump.sh finds out about the server: its version, its position in the log, how many tables or keys it has,
# and, where that is known of tables, how many rows are in them.
declare -g SERVER_VERSION='' POSITION='' OBJECTS='' ROWS=''

say() { printf 'backup.sh: %s\n' "$*" >&2; }

# The last line of a Job that failed says what and why.
fail() {
  FAILED=said
  say "FAILED: $*"
  exit 1
}

# guarded COMMAND...: as a child that does not outlive this script. bash itself would wait for it after SIGTERM.
guarded() {
  local status=0
  "$@" &
  CHILD=$!
  wait "$CHILD" || status=$?
  CHILD=''
  return "$status"
}

stopped() {
  trap - TERM INT
  if [[ -n "$CHILD" ]]; then kill -s TERM "$CHILD" 2>/dev/null || true; fi
  FAILED=said
  say "FAILED: stopped from outside, by the deadline of the Job or by somebody; no backup was made"
  exit 143
}

ended() {
  local status=$?
  if ((status != 0)) && [[ -z "$FAILED" ]]; then say "FAILED: see the lines above (exit code $status); no backup was made"; fi
}

# A database that has nothing, where it had something at the last backup, was lost or mistaken, and its backups must not push
# out the good ones.
refuse_sudden_emptiness() {
  local before=0 rows=''
  [[ "$OBJECTS" =~ ^[0-9]+$ ]] || fail "the number of tables or keys is not known: \"$OBJECTS\""
  if [[ -s "$WORK/previous" ]]; then read -r before rows <"$WORK/previous"; fi
  if ((OBJECTS == 0 && before > 0)) && [[ "$ACCEPT_EMPTY" != true ]]; then
    fail "the database is empty, and had $before tables or keys at the last backup. If that is meant, set \`acceptEmpty\` once."
  fi
  # A new, empty volume gets its tables from the application, and no rows.
  if [[ "$ROWS" == 0 && "$rows" =~ ^[1-9] && "$ACCEPT_EMPTY" != true ]]; then
    fail "all tables are empty, and had $rows rows at the last backup. If that is meant, set \`acceptEmpty\` once."
  fi
}

main() {
  : "${WORK:?the scratch volume}" "${RUN_DIR:?a folder in memory}" "${ENGINE:?the engine}" "${METHOD:?the method}"
  : "${DATABASE:?the name of the database}" "${ACCEPT_EMPTY:?true or false}"
  umask 027
  # shellcheck disable=SC1091 # each engine has its own
  source "$HERE/dump.sh"
  trap stopped TERM INT
  trap ended EXIT
  [[ -s "$WORK/id" ]] || fail "$WORK/id is missing: prepare.sh did not run"
  STARTED=$(moment)
  rm -rf "$WORK/data" "$WORK/SHA256SUMS" "$WORK/manifest.json" "$WORK/counts.json"
  mkdir -p "$WORK/data"
  dump
  verify
  refuse_sudden_emptiness
  [[ -n "$(ls -A -- "$WORK/data")" ]] || fail "the dump has no files"
  (cd -- "$WORK/data" && sha256sum -- *) >"$WORK/SHA256SUMS"
  sync -f "$WORK"
  manifest >"$WORK/manifest.json"
  say "dumped and read again: $(wc -l <"$WORK/SHA256SUMS") files, $(total) bytes, $OBJECTS tables or keys, server $SERVER_VERSION"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
