#!/bin/sh
set -eu
# Sourced by what looks for backups: the destination, and what lies there. Waits: as destination.sh says.

# shellcheck source-path=SCRIPTDIR source=destination.sh
. "$HERE/destination.sh"

# The ids of all backups, oldest first: the number of an id counts, whatever a clock says.
list_backups() {
  list_status=0
  rc lsf --files-only store:manifests >"$RUN_DIR/listed" || list_status=$?
  # 3 is "directory not found": there has never been a backup.
  case "$list_status" in 0 | 3) ;; *) fail "the destination cannot be read (rclone ended with $list_status)" ;; esac
  sed -n 's/^\([0-9]\{8\}-[0-9]\{8\}T[0-9]\{6\}Z\)\.json$/\1/p' "$RUN_DIR/listed" >"$RUN_DIR/ids"
  LC_ALL=C sort "$RUN_DIR/ids"
}

# manifest_value KEY FILE
manifest_value() { sed -n "s/^  \"$1\": \"\{0,1\}\([^\"]*\)\"\{0,1\},\$/\1/p" "$2" | sed 's/,$//'; }
