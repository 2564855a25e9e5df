#!/bin/sh
set -eu
# The container of a backup's pod, after the dump was verified: uploads it, reads all of it back from the destination, makes it
# visible by its manifest, and only then removes what the retention no longer keeps. Waits: as destination.sh says.

HERE=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=store.sh
. "$HERE/store.sh"

upload() {
  rc copy "$WORK/data" "store:backups/$ID" || fail "the upload failed (rclone ended with $?); no backup was made"
  # Not by the checksums that a store says of itself: everything is read back, unpacked from its encryption, and compared.
  rc checksum sha256 "$WORK/SHA256SUMS" "store:backups/$ID" --download >/dev/null || fail "the destination does not hold what was uploaded; no backup was made"
}

# From here on the backup exists.
make_visible() {
  rc copyto "$WORK/manifest.json" "store:manifests/$ID.json" || fail "the manifest cannot be written; no backup was made"
  rc cat "store:manifests/$ID.json" >"$RUN_DIR/written.json" || fail "the manifest cannot be read back"
  cmp -s "$WORK/manifest.json" "$RUN_DIR/written.json" || fail "the destination does not hold the manifest that was written"
  say "backup $ID is complete: $(manifest_value bytes "$WORK/manifest.json") bytes, read back from the destination"
}

# The manifest goes first: what is left of an interrupted removal is no backup, and goes with the next one.
remove_backup() {
  rc deletefile "store:manifests/$1.json" || fail "backup $ID is complete, but the old one $1 cannot be removed"
  rc purge "store:backups/$1" || fail "backup $ID is complete, but the files of the old one $1 cannot be removed"
  say "removed $1"
}

prune() {
  list_backups >"$RUN_DIR/backups"
  grep -qxF "$ID" "$RUN_DIR/backups" || fail "the destination does not list the backup $ID; nothing was removed"
  awk -f "$HERE/retention.awk" -v "daily=$KEEP_DAILY" -v "weekly=$KEEP_WEEKLY" -v "monthly=$KEEP_MONTHLY" -v "yearly=$KEEP_YEARLY" \
    -v "least=$KEEP_LEAST" "$RUN_DIR/backups" >"$RUN_DIR/old" || fail "backup $ID is complete, but it is not known what may be removed"
  while read -r old; do
    if [ "$old" = "$ID" ]; then continue; fi
    remove_backup "$old" </dev/null
  done <"$RUN_DIR/old"
}

# What was uploaded without ever becoming a backup, by a run that failed, more than two backups ago.
remove_leftovers() {
  folders=0
  rc lsf --dirs-only store:backups >"$RUN_DIR/listed" || folders=$?
  [ "$folders" -eq 0 ] || fail "backup $ID is complete, but the destination cannot be listed"
  before=$(tail -n 3 "$RUN_DIR/backups" | head -n 1)
  sed -n 's/^\([0-9]\{8\}-[0-9]\{8\}T[0-9]\{6\}Z\)\/$/\1/p' "$RUN_DIR/listed" >"$RUN_DIR/folders"
  while read -r folder; do
    if grep -qxF "$folder" "$RUN_DIR/backups"; then continue; fi
    # An id with a smaller number than the backup before the last one: no run that still goes on has it.
    if awk -v "one=${folder%%-*}" -v "two=${before%%-*}" 'BEGIN { exit !(one + 0 < two + 0) }'; then
      rc purge "store:backups/$folder" </dev/null || fail "backup $ID is complete, but the leftovers in $folder cannot be removed"
      say "removed what a failed run left: $folder"
    fi
  done <"$RUN_DIR/folders"
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
