#!/bin/sh
set -eu
# Init container of a database that begins with a backup: puts it, whole and verified, on the empty data volume, where the
# server's start script loads it. On a volume that has been through this it does nothing; on any other volume that is not empty
# it refuses. Waits: as destination.sh says.

HERE=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=store.sh
. "$HERE/store.sh"

refuse() {
  # shellcheck disable=SC2034 # destination.sh asks for it at the end
  FAILED=said
  say "REFUSED: $*"
  exit 1
}

# What a server or this script has put there; a file system's own lost+found and the lock are nothing.
contents() { find "$VOLUME_DIR" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name .lock ! -name .restore -print; }

# Leaves in RUN_DIR/chosen the id that BACKUP asks for: `latest`, an id, or `before:TIME`, the last one that began before.
choose() {
  list_backups
  case "$BACKUP" in
    latest) cat "$RUN_DIR/backups" >"$RUN_DIR/fitting" ;;
    before:*) awk -v "limit=${BACKUP#before:}" 'substr($0, 10) <= limit' "$RUN_DIR/backups" >"$RUN_DIR/fitting" ;;
    *) grep -xF "$BACKUP" "$RUN_DIR/backups" >"$RUN_DIR/fitting" || : ;;
  esac
  tail -n 1 "$RUN_DIR/fitting" >"$RUN_DIR/chosen"
}

fetch() {
  incoming=$VOLUME_DIR/.restore/incoming
  rm -rf "$VOLUME_DIR/.restore"
  mkdir -p "$incoming/data"
  rc copyto "store:manifests/$1.json" "$incoming/manifest.json" || fail "the manifest of $1 cannot be fetched"
  found=$(manifest_value engine "$incoming/manifest.json")
  if [ "$found" != "$ENGINE" ]; then refuse "backup $1 is one of \"$found\", this is $ENGINE"; fi
  rc copy "store:backups/$1" "$incoming/data" || fail "the files of $1 cannot be fetched (rclone ended with $?)"
  sed -n 's/^    { "name": "\(.*\)", "bytes": [0-9]*, "sha256": "\([0-9a-f]\{64\}\)" },\{0,1\}$/\2  \1/p' "$incoming/manifest.json" >"$RUN_DIR/SHA256SUMS"
  [ -s "$RUN_DIR/SHA256SUMS" ] || fail "the manifest of $1 names no files"
  [ "$(find "$incoming/data" -type f | wc -l)" -eq "$(wc -l <"$RUN_DIR/SHA256SUMS")" ] || fail "the files of $1 are not as many as its manifest names"
  (cd "$incoming/data" && sha256sum -c "$RUN_DIR/SHA256SUMS" >/dev/null) || fail "the files of $1 are not those of its manifest: damaged, or cut off"
  sync
  mv "$incoming" "$VOLUME_DIR/.restore/ready"
  sync
}

main() {
  : "${VOLUME_DIR:?the root of the data volume}" "${BACKUP:?latest, an id, or before:TIME}" "${ENGINE:?the engine}"
  begin
  umask 077
  if [ -e "$VOLUME_DIR/.restored.json" ]; then
    say "nothing to do: restored before, from $(manifest_value id "$VOLUME_DIR/.restored.json")"
    exit 0
  fi
  if [ -d "$VOLUME_DIR/.restore/ready" ]; then
    there=$(manifest_value id "$VOLUME_DIR/.restore/ready/manifest.json")
    # What could not be loaded must not stand in the way of another one.
    case "$BACKUP" in
      latest | before:* | "$there")
        say "nothing to do: backup $there lies on the volume"
        exit 0
        ;;
    esac
    say "backup $there lies on the volume and was not loaded; declared is $BACKUP"
  elif [ -n "$(contents)" ]; then
    refuse "the volume is not empty, and was not restored from a backup. A restore makes a new database on an empty volume; nothing was changed."
  fi
  make_destination
  choose
  id=$(cat "$RUN_DIR/chosen")
  [ -n "$id" ] || fail "the destination has no backup \"$BACKUP\""
  fetch "$id"
  say "backup $id lies on the volume: $(manifest_value bytes "$VOLUME_DIR/.restore/ready/manifest.json") bytes, as in its manifest"
}

main
