#!/bin/sh
set -eu
# The container of a backup's pod, after the dump was verified: uploads it, reads all of it back from the destination, makes it
# visible by its manifest, and only then removes what the retention no longer keeps. Waits: as destination.sh says.

HERE=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=store.sh
. "$HERE/store.sh"

upload() {
  listed "store:backups/$ID" --recursive
  if [ -s "$RUN_DIR/listed" ]; then fail "another run has the id $ID; no backup was made"; fi
  rc copy "$WORK/data" "store:backups/$ID" || fail "the upload failed (rclone ended with $?); no backup was made"
  # Not by the checksums that a store says of itself: everything is read back, unpacked from its encryption, and compared.
  rc checksum sha256 "$WORK/SHA256SUMS" "store:backups/$ID" --download >/dev/null || fail "the destination does not hold what was uploaded; no backup was made"
  # A claim as the destination may still be in the memory of this node.
  sync
}

# From here on the backup exists.
make_visible() {
  rc copyto "$WORK/manifest.json" "store:manifests/$ID.json" || fail "the manifest cannot be written; no backup was made"
  rc cat "store:manifests/$ID.json" >"$RUN_DIR/written.json" || fail "the manifest cannot be read back"
  cmp -s "$WORK/manifest.json" "$RUN_DIR/written.json" || fail "the destination does not hold the manifest that was written"
  sync
  say "backup $ID is complete: $(manifest_value bytes "$WORK/manifest.json") bytes, read back from the destination"
}

# remove_files FOLDER: what is not there any more was removed by another run (3: not found). Not "purge", which would remove the older
# versions of a bucket, too. An empty folder, where the store has such things, does no harm.
remove_files() {
  removed=0
  rc delete "store:backups/$1" </dev/null || removed=$?
  case "$removed" in
    0) rc rmdirs "store:backups/$1" </dev/null || : ;;
    3) ;;
    *) return 1 ;;
  esac
}

# The manifest goes first: what is left of an interrupted removal is no backup, and goes later.
remove_backup() {
  rc delete store:manifests --include "/$1.json" </dev/null || fail "backup $ID is complete, but the old one $1 cannot be removed"
  remove_files "$1" || fail "backup $ID is complete, but the files of the old one $1 cannot be removed"
  say "removed $1"
}

prune() {
  list_backups
  grep -qxF "$ID" "$RUN_DIR/backups" || fail "the destination does not list the backup $ID; nothing was removed"
  awk -f "$HERE/retention.awk" -v "daily=$KEEP_DAILY" -v "weekly=$KEEP_WEEKLY" -v "monthly=$KEEP_MONTHLY" -v "yearly=$KEEP_YEARLY" \
    -v "least=$KEEP_LEAST" "$RUN_DIR/backups" >"$RUN_DIR/old" || fail "backup $ID is complete, but it is not known what may be removed"
  while read -r old; do
    if [ "$old" = "$ID" ]; then continue; fi
    remove_backup "$old"
  done <"$RUN_DIR/old"
}

# What was uploaded a week ago and has not become a backup since: no run goes on for so long.
remove_leftovers() {
  list_folders
  limit=$(date -u -d "@$(($(date -u +%s) - 604800))" +%Y%m%dT%H%M%SZ)
  awk -v "limit=$limit" 'substr($0, 10) < limit' "$RUN_DIR/folders" >"$RUN_DIR/old"
  while read -r folder; do
    if grep -qxF "$folder" "$RUN_DIR/backups"; then continue; fi
    remove_files "$folder" || fail "backup $ID is complete, but the leftovers in $folder cannot be removed"
    say "removed what a failed run left: $folder"
  done <"$RUN_DIR/old"
}

main() {
  : "${WORK:?the scratch volume}" "${KEEP_DAILY:?}" "${KEEP_WEEKLY:?}" "${KEEP_MONTHLY:?}" "${KEEP_YEARLY:?}" "${KEEP_LEAST:?}"
  begin
  make_destination
  ID=$(cat "$WORK/id")
  upload
  make_visible
  prune
  remove_leftovers
}

main
