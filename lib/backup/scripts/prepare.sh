#!/bin/sh
set -eu
# First init container of a backup's pod: sees that the destination can be read before the database is burdened, and leaves in
# WORK the `id` of the new backup and, in `previous`, how many tables or keys the last one had. Waits: as destination.sh says.

HERE=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=store.sh
. "$HERE/store.sh"

# A number that only grows, then the time: a clock that is put back does not change the order.
new_id() {
  number=0
  if [ -n "$1" ]; then
    number=${1%%-*}
    while [ "${number#0}" != "$number" ] && [ "$number" != 0 ]; do number=${number#0}; done
  fi
  printf '%08d-%s' "$((number + 1))" "$(date -u +%Y%m%dT%H%M%SZ)"
}

# Two databases in one folder would push each other's backups out.
check_owner() {
  owner="$(manifest_value engine "$1") $(manifest_value database "$1")"
  if [ "$owner" != "$ENGINE $DATABASE" ]; then
    fail "the folder holds backups of \"$owner\", this is \"$ENGINE $DATABASE\"; each schedule has a folder of its own"
  fi
}

main() {
  : "${WORK:?the scratch volume}" "${ENGINE:?the engine}" "${DATABASE:?the name of the database}"
  begin
  make_destination
  rm -rf "${WORK:?}/id" "$WORK/previous" "$WORK/last.json"
  list_backups
  list_folders
  last=$(tail -n 1 "$RUN_DIR/backups")
  if [ -n "$last" ]; then
    rc cat "store:manifests/$last.json" >"$RUN_DIR/last.json" || fail "the manifest of the last backup, $last, cannot be read"
    objects=$(manifest_value objects "$RUN_DIR/last.json")
    case "$objects" in '' | *[!0-9]*) fail "the manifest of the last backup, $last, does not say how many tables or keys it has" ;; esac
    check_owner "$RUN_DIR/last.json"
    printf '%s %s\n' "$objects" "$(manifest_value rows "$RUN_DIR/last.json")" >"$WORK/previous"
    say "the last backup is $last, with $objects tables or keys"
  else
    say "there is no backup yet"
  fi
  # Also what was uploaded without becoming a backup has a number.
  new_id "$(LC_ALL=C sort "$RUN_DIR/backups" "$RUN_DIR/folders" | tail -n 1)" >"$WORK/id"
}

main
