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

main() {
  : "${WORK:?the scratch volume}"
  begin
  make_destination
  rm -rf "${WORK:?}/id" "$WORK/previous" "$WORK/last.json"
  list_backups >"$RUN_DIR/backups"
  last=$(tail -n 1 "$RUN_DIR/backups")
  if [ -n "$last" ]; then
    rc cat "store:manifests/$last.json" >"$RUN_DIR/last.json" || fail "the manifest of the last backup, $last, cannot be read"
    objects=$(manifest_value objects "$RUN_DIR/last.json")
    case "$objects" in '' | *[!0-9]*) fail "the manifest of the last backup, $last, does not say how many tables or keys it has" ;; esac
    printf '%s\n' "$objects" >"$WORK/previous"
    say "the last backup is $last, with $objects tables or keys"
  else
    say "there is no backup yet"
  fi
  new_id "$last" >"$WORK/id"
}

main
