#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# fetch.sh: which backup comes onto the volume, and that nothing else on it is touched.

setup() {
  load common
  pod
}

ready() { cat -- "$VOLUME_DIR/.restore/ready/data/1.dump"; }

failed() {
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == "fetch.sh: $1"* ]]
  [ ! -e "$VOLUME_DIR/.restore/ready" ]
}

@test "the last one, a certain one, the last one before a time" {
  export KEEP_LEAST=9
  for text in a b c; do backup "$text"; done
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [[ "${lines[-1]}" == *"backup 00000003-"*" lies on the volume: 1 bytes, as in its manifest" ]]
  [ "$(ready)" = c ]
  rm -rf "$VOLUME_DIR/.restore"
  BACKUP=$(basename "$DESTINATION_ROOT"/manifests/00000002-*.json .json) run "$SCRIPTS/fetch.sh"
  [ "$(ready)" = b ]
  rm -rf "$VOLUME_DIR/.restore"
  second=$(basename "$DESTINATION_ROOT"/manifests/00000002-*.json .json)
  sed -i "s/$second/00000002-20200101T000000Z/" "$DESTINATION_ROOT/manifests/$second.json"
  mv "$DESTINATION_ROOT/manifests/$second.json" "$DESTINATION_ROOT/manifests/00000002-20200101T000000Z.json"
  mv "$DESTINATION_ROOT/backups/$second" "$DESTINATION_ROOT/backups/00000002-20200101T000000Z"
  BACKUP=before:20200101T000000Z run "$SCRIPTS/fetch.sh"
  [ "$(ready)" = b ]
  rm -rf "$VOLUME_DIR/.restore"
  BACKUP=before:20191231T235959Z run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the destination has no backup "before:20191231T235959Z"'
}

@test "there is none, or not this one" {
  run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the destination has no backup "latest"'
  backup a
  BACKUP=00000009-20200101T000000Z run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the destination has no backup "00000009-20200101T000000Z"'
}

@test "a second start finds it there, and one after the restore finds it done" {
  backup a
  "$SCRIPTS/fetch.sh"
  backup b
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing to do: backup 00000001-"*" lies on the volume" ]]
  [ "$(ready)" = a ]
  mv "$VOLUME_DIR/.restore/ready/manifest.json" "$VOLUME_DIR/.restored.json"
  rm -r "$VOLUME_DIR/.restore"
  mkdir "$VOLUME_DIR/17"
  rm -r "$STORE"
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing to do: restored before, from 00000001-"* ]]
}

@test "a volume with anything on it is refused and left as it is" {
  backup a
  mkdir -p "$VOLUME_DIR/17/docker" "$VOLUME_DIR/lost+found"
  echo mine >"$VOLUME_DIR/17/docker/file"
  before=$(find "$VOLUME_DIR" -type f -exec sha256sum {} + && find "$VOLUME_DIR" | sort)
  run "$SCRIPTS/fetch.sh"
  failed 'REFUSED: the volume is not empty, and was not restored from a backup. A restore makes a new database on an empty volume; nothing was changed.'
  [ "$(find "$VOLUME_DIR" -type f -exec sha256sum {} + && find "$VOLUME_DIR" | sort)" = "$before" ]
}

@test "an empty file system with its own folder and a lock is empty" {
  backup a
  mkdir "$VOLUME_DIR/lost+found"
  touch "$VOLUME_DIR/.lock"
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
}

@test "what was interrupted is fetched again" {
  backup a
  mkdir -p "$VOLUME_DIR/.restore/incoming/data"
  echo half >"$VOLUME_DIR/.restore/incoming/data/1.dump"
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [ "$(ready)" = a ]
  [ ! -e "$VOLUME_DIR/.restore/incoming" ]
}

@test "another engine's backup is refused" {
  backup a
  ENGINE=mysql run "$SCRIPTS/fetch.sh"
  failed 'REFUSED: backup 00000001-'
  [[ "${lines[-1]}" == *' is one of "postgres", this is mysql' ]]
}

@test "a file that is cut off, damaged or missing is found by its manifest" {
  backup 'all of it'
  file=$(ls "$DESTINATION_ROOT"/backups/*/1.dump)
  printf 'all' >"$file"
  run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the files of 00000001-'
  printf 'all of It' >"$file"
  run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the files of 00000001-'
  rm "$file"
  run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the files of 00000001-'
}

@test "a file that the manifest does not name is not loaded" {
  backup a
  echo stray >"$(dirname "$(ls "$DESTINATION_ROOT"/backups/*/1.dump)")/2.dump"
  run "$SCRIPTS/fetch.sh"
  failed 'FAILED: the files of 00000001-'
  [[ "${lines[-1]}" == *'are not as many as its manifest names' ]]
}

@test "a backup that was not loaded does not stand in the way of another one" {
  for text in a b; do backup "$text"; done
  "$SCRIPTS/fetch.sh"
  mkdir -p "$VOLUME_DIR/17/docker.initializing"
  first=$(basename "$DESTINATION_ROOT"/manifests/00000001-*.json .json)
  BACKUP=$first run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"lies on the volume and was not loaded; declared is $first"* ]]
  [ "$(ready)" = a ]
}
