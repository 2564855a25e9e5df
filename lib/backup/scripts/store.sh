#!/bin/sh
set -eu
# Sourced by what looks for backups: the destination, and what lies there. Waits: as destination.sh says.

# shellcheck source-path=SCRIPTDIR source=destination.sh
. "$HERE/destination.sh"

# listed WHERE OPTION: what rclone lists, in RUN_DIR/listed; nothing where there has never been anything, which is its exit code 3.
listed() {
  list_status=0
  rc lsf "$2" "$1" >"$RUN_DIR/listed" || list_status=$?
  case "$list_status" in 0 | 3) ;; *) fail "the destination cannot be read (rclone ended with $list_status)" ;; esac
}

# ids_of SUFFIX: those of the listed names, oldest first: the number counts, whatever a clock said.
ids_of() {
  sed -n "s|^\([0-9]\{8\}-[0-9]\{8\}T[0-9]\{6\}Z\)$1\$|\1|p" "$RUN_DIR/listed" >"$RUN_DIR/ids" || fail "what lies in the destination cannot be read"
  LC_ALL=C sort -u "$RUN_DIR/ids"
}

# Leaves the ids of all backups in RUN_DIR/backups. Looked at without the encryption: where manifests of the other kind lie, they
# would be passed over, and their backups be taken for leftovers.
list_backups() {
  own='\.json' other='\.json\.bin' what='encrypted, and this run is not'
  if [ -n "${ENCRYPTION_FILE:-}" ]; then own='\.json\.bin' other='\.json' what='not encrypted, and this run is'; fi
  listed "destination:$DESTINATION_ROOT/manifests" --files-only
  ids_of "$other" >"$RUN_DIR/others"
  if [ -s "$RUN_DIR/others" ]; then fail "the folder holds backups that are $what; use another folder"; fi
  ids_of "$own" >"$RUN_DIR/backups"
}

# Leaves in RUN_DIR/folders the ids of all that was ever uploaded and is there.
list_folders() {
  listed store:backups --dirs-only
  ids_of / >"$RUN_DIR/folders"
}

# manifest_value NAME FILE
manifest_value() { sed -n "s/^  \"$1\": \"\{0,1\}\([^\"]*\)\"\{0,1\},\$/\1/p" "$2" | sed 's/,$//'; }
