#!/bin/sh
set -eu
# Sourced by the start scripts of servers that can begin with a backup. fetch.sh has put it, whole and verified, into
# VOLUME_DIR/.restore/ready: `data/` and `manifest.json`. Until the new data are complete it stays there, and whatever was
# interrupted is made again from it. Read by bash, and by the plain shell of images that have no other. Waits for nothing.

RESTORE_DIR=.restore
RESTORED=.restored.json

# restore_pending: the next start makes the database from a backup.
restore_pending() { [ -d "$VOLUME_DIR/$RESTORE_DIR/ready" ]; }

restore_folder() { printf '%s' "$VOLUME_DIR/$RESTORE_DIR/ready/data"; }

# restore_value NAME, as the manifest of the backup has it.
restore_value() { sed -n "s/^  \"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$VOLUME_DIR/$RESTORE_DIR/ready/manifest.json"; }

# To be called where no database was found, before an empty one is made: a restore that was declared or begun is never
# followed by an empty database. RESTORE is true or false.
refuse_lost_restore() {
  if restore_pending; then
    if [ "${RESTORE:-false}" != true ]; then
      refuse "a backup lies in $VOLUME_DIR/$RESTORE_DIR, and was not loaded. Declare the data source again until the database is" \
        "restored; an empty database is not started in its place."
    fi
    return 0
  fi
  if [ "${RESTORE:-false}" = true ]; then
    refuse "a backup was declared as the data source, and none lies in $VOLUME_DIR/$RESTORE_DIR. Nothing was changed."
  fi
}

# To be called where a database was found, before the server starts: what is left of a restore that is complete goes.
settle_restore() {
  if restore_pending; then
    cp "$VOLUME_DIR/$RESTORE_DIR/ready/manifest.json" "$VOLUME_DIR/$RESTORED.new"
    sync "$VOLUME_DIR/$RESTORED.new"
    mv "$VOLUME_DIR/$RESTORED.new" "$VOLUME_DIR/$RESTORED"
    rm -rf "${VOLUME_DIR:?}/$RESTORE_DIR"
  fi
  if [ -e "$VOLUME_DIR/$RESTORED" ]; then
    say "this database was restored from backup $(sed -n 's/^  "id": "\(.*\)",$/\1/p' "$VOLUME_DIR/$RESTORED")" \
      "of $(sed -n 's/^  "started": "\(.*\)",$/\1/p' "$VOLUME_DIR/$RESTORED")"
  fi
}
