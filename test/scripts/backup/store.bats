#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# prepare.sh and publish.sh: what is visible at the destination, and what is left when anything fails.

setup() {
  load common
  pod
}

@test "a backup is its files and then its manifest, and the number of an id grows" {
  run backup 'one'
  [ "$status" -eq 0 ]
  [[ "$output" == *"there is no backup yet"* ]]
  [[ "${lines[-1]}" == *"is complete: 3 bytes, read back from the destination" ]]
  run backup 'two'
  [ "$status" -eq 0 ]
  [[ "$output" == *"the last backup is 00000001-"*", with 3 tables or keys"* ]]
  [ "$(visible | wc -l)" -eq 2 ]
  [[ "$(visible | tail -n 1)" == 00000002-* ]]
  [ "$(cat "$DESTINATION_ROOT"/backups/00000002-*/1.dump)" = two ]
  [ "$(cat "$WORK/previous")" = '3 7' ]
}

@test "the number counts, and not the time" {
  backup 'one'
  mv "$DESTINATION_ROOT"/manifests/00000001-* "$DESTINATION_ROOT/manifests/00000099-20991231T235959Z.json"
  "$SCRIPTS/prepare.sh"
  [[ "$(cat "$WORK/id")" == 00000100-202* ]]
}

@test "the oldest go when a new one is complete, manifest and files" {
  for text in a b c d; do backup "$text"; done
  [ "$(visible | cut -c1-8 | tr '\n' ' ')" = '00000003 00000004 ' ]
  [ "$(find "$DESTINATION_ROOT/backups" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | cut -c1-8 | tr '\n' ' ')" = '00000003 00000004 ' ]
}

@test "nothing goes where nothing is to be kept at all" {
  export KEEP_LEAST=0
  for text in a b c; do backup "$text"; done
  [ "$(visible | wc -l)" -eq 3 ]
}

@test "what does not look like a backup is neither counted nor removed" {
  for text in a b; do backup "$text"; done
  echo mine >"$DESTINATION_ROOT/manifests/notes.txt"
  mkdir "$DESTINATION_ROOT/backups/mine"
  echo mine >"$DESTINATION_ROOT/backups/mine/file"
  for text in c d; do backup "$text"; done
  [ "$(visible | tail -n 1)" = notes.txt ]
  [ -e "$DESTINATION_ROOT/backups/mine/file" ]
}

@test "what a failed run has left goes after a week, and its number is not used again" {
  recent=00000007-$(date -u +%Y%m%dT%H%M%SZ)
  for each in 00000001-20200101T000000Z "$recent"; do
    mkdir -p "$DESTINATION_ROOT/backups/$each"
    echo half >"$DESTINATION_ROOT/backups/$each/1.dump"
  done
  run backup a
  [ "$status" -eq 0 ]
  [[ "$output" == *"removed what a failed run left: 00000001-20200101T000000Z"* ]]
  [ ! -e "$DESTINATION_ROOT/backups/00000001-20200101T000000Z" ]
  [ -e "$DESTINATION_ROOT/backups/$recent/1.dump" ]
  [[ "$(visible)" == 00000008-* ]]
}

@test "a folder with backups of the other kind, encrypted or not, is refused and left as it is" {
  printf 'canary passphrase' >"$DESTINATION_DIR/passphrase"
  for text in a b; do backup "$text"; done
  ENCRYPTION_FILE=$DESTINATION_DIR/passphrase run backup c
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: the folder holds backups that are not encrypted, and this run is; use another folder' ]]
  [ "$(visible | wc -l)" -eq 2 ]
  rm -r "$STORE/shop"
  ENCRYPTION_FILE=$DESTINATION_DIR/passphrase backup d
  run backup e
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: the folder holds backups that are encrypted, and this run is not; use another folder' ]]
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 1 ]
}

@test "the folder of another database is refused" {
  backup a
  DATABASE=users run backup b
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: the folder holds backups of "postgres orders", this is "postgres users"; each schedule has a folder of its own' ]]
}

@test "an id that another run has is not used" {
  "$SCRIPTS/prepare.sh"
  mkdir -p "$DESTINATION_ROOT/backups/$(cat "$WORK/id")"
  echo theirs >"$DESTINATION_ROOT/backups/$(cat "$WORK/id")/1.dump"
  dumped ours 3
  run "$SCRIPTS/publish.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: another run has the id 00000001-'*'; no backup was made' ]]
  [ "$(cat "$DESTINATION_ROOT"/backups/*/1.dump)" = theirs ]
}

@test "old backups that another run has removed meanwhile are gone, and that is all" {
  for text in a b c; do backup "$text"; done
  "$SCRIPTS/prepare.sh"
  dumped d 3
  mkdir "$BATS_TEST_TMPDIR/bin"
  cat >"$BATS_TEST_TMPDIR/bin/rclone" <<STUB
#!/bin/sh
if [ "\$1 \$2" = 'delete store:manifests' ]; then rm -rf "$DESTINATION_ROOT"/manifests/00000002-* "$DESTINATION_ROOT"/backups/00000002-*; fi
exec "$(command -v rclone)" "\$@"
STUB
  chmod +x "$BATS_TEST_TMPDIR/bin/rclone"
  PATH="$BATS_TEST_TMPDIR/bin:$PATH" run "$SCRIPTS/publish.sh"
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(visible | cut -c1-8 | tr '\n' ' ')" = '00000003 00000004 ' ]
}

@test "a file that is not what was dumped any more makes no backup, and removes none" {
  for text in a b; do backup "$text"; done
  "$SCRIPTS/prepare.sh"
  dumped 'all of it' 3
  printf 'all' >"$WORK/data/1.dump"
  run "$SCRIPTS/publish.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == "publish.sh: FAILED: the destination does not hold what was uploaded; no backup was made" ]]
  [ "$(visible | wc -l)" -eq 2 ]
}

@test "a destination that cannot be written to makes no backup" {
  if [ "$(id -u)" -eq 0 ]; then mkdir -p "$(dirname "$DESTINATION_ROOT")" && echo 'no folder' >"$DESTINATION_ROOT"; else chmod a-w "$STORE"; fi
  "$SCRIPTS/prepare.sh" || true
  printf '00000001-20261121T030000Z' >"$WORK/id"
  dumped one 3
  run "$SCRIPTS/publish.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == "publish.sh: FAILED: the upload failed (rclone ended with "*"); no backup was made" ]]
}

@test "a manifest that cannot be read is said before the database is asked anything" {
  backup one
  echo '{' >"$(ls "$DESTINATION_ROOT"/manifests/*)"
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *"FAILED: the manifest of the last backup, 00000001-"*" does not say how many tables or keys it has" ]]
  [ ! -e "$WORK/id" ]
}

@test "a destination that is not there is said, and not taken for an empty one" {
  printf '[destination]\ntype = s3\nprovider = Other\nendpoint = http://127.0.0.1:1\naccess_key_id = a\nsecret_access_key = b\n' >"$CONFIG_DIR/destination.conf"
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == "prepare.sh: FAILED: the destination cannot be read (rclone ended with "* ]]
}

@test "passwords come from files into a configuration that only the pod can read, and are never said" {
  printf 'canary key' >"$DESTINATION_DIR/access-key-id"
  printf 'canary+/=secret\n' >"$DESTINATION_DIR/secret-access-key"
  export DESTINATION_OPTIONS=$'access_key_id access-key-id\nsecret_access_key secret-access-key'
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 0 ]
  [ "$(grep -c 'canary' "$RUN_DIR/rclone.conf")" -eq 2 ]
  grep -qx 'secret_access_key = canary+/=secret' "$RUN_DIR/rclone.conf"
  [ "$(stat -c %a "$RUN_DIR/rclone.conf")" = 600 ]
  [[ "$output" != *canary* ]]
  rm "$DESTINATION_DIR/access-key-id"
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == 'prepare.sh: FAILED: the Secret has no key "access-key-id"' ]]
  printf 'two\nlines\nof it' >"$DESTINATION_DIR/access-key-id"
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: the key "access-key-id" of the Secret has several lines' ]]
  printf '\n\n' >"$DESTINATION_DIR/access-key-id"
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: the key "access-key-id" of the Secret is empty' ]]
  printf 'a%%(b)s' >"$DESTINATION_DIR/access-key-id"
  run "$SCRIPTS/prepare.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'FAILED: the key "access-key-id" of the Secret has characters that rclone would not take as they are' ]]
}

@test "an encrypted backup says nothing to whoever has the store, and is read back with the passphrase alone" {
  printf 'canary passphrase' >"$DESTINATION_DIR/passphrase"
  export ENCRYPTION_FILE=$DESTINATION_DIR/passphrase
  run backup 'the secret of the house'
  [ "$status" -eq 0 ]
  [[ "$output" != *canary* ]]
  run grep -r 'secret of the house' "$STORE"
  [ "$status" -eq 1 ]
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [ "$(cat "$VOLUME_DIR/.restore/ready/data/1.dump")" = 'the secret of the house' ]
  rm -rf "$VOLUME_DIR/.restore"
  printf 'another' >"$DESTINATION_DIR/passphrase"
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == 'fetch.sh: FAILED: '* ]]
  [ ! -e "$VOLUME_DIR/.restore/ready" ]
}

@test "SIGTERM ends the script and rclone, and says so" {
  mkfifo "$BATS_TEST_TMPDIR/never"
  backup one
  "$SCRIPTS/prepare.sh"
  dumped two 3
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\nexec sleep 60\n' >"$BATS_TEST_TMPDIR/bin/rclone"
  chmod +x "$BATS_TEST_TMPDIR/bin/rclone"
  PATH="$BATS_TEST_TMPDIR/bin:$PATH" "$SCRIPTS/publish.sh" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
  job=$!
  eventually 5 pgrep -P "$job" sleep
  kill -TERM "$job"
  status=0
  wait "$job" || status=$?
  [ "$status" -eq 143 ]
  [ "$(tail -n 1 "$BATS_TEST_TMPDIR/said")" = 'publish.sh: FAILED: stopped from outside, by the deadline of the Job or by somebody' ]
  run pgrep -P "$job"
  [ "$status" -eq 1 ]
}

@test "over SFTP, to a host whose key is known, and to no other" {
  command -v ssh-keygen >/dev/null || skip "no ssh-keygen: apt-get install openssh-client"
  ssh-keygen -q -t ed25519 -N '' -f "$BATS_TEST_TMPDIR/host"
  ssh-keygen -q -t ed25519 -N '' -f "$DESTINATION_DIR/ssh-privatekey"
  cp "$DESTINATION_DIR/ssh-privatekey.pub" "$BATS_TEST_TMPDIR/authorized"
  port=$((20000 + RANDOM % 10000))
  rclone serve sftp "$STORE" --addr "127.0.0.1:$port" --key "$BATS_TEST_TMPDIR/host" --authorized-keys "$BATS_TEST_TMPDIR/authorized" --user backup >/dev/null 2>&1 3>&- &
  SERVER=$!
  eventually 10 rclone lsf ":sftp,host=127.0.0.1,port=$port,user=backup,key_file='$DESTINATION_DIR/ssh-privatekey':" 2>/dev/null
  printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 <"$BATS_TEST_TMPDIR/host.pub")" >"$DESTINATION_DIR/known_hosts"
  printf '[destination]\ntype = sftp\nhost = 127.0.0.1\nport = %s\nuser = backup\nkey_file = %s\nknown_hosts_file = %s\nshell_type = none\ndisable_hashcheck = true\n' \
    "$port" "$DESTINATION_DIR/ssh-privatekey" "$DESTINATION_DIR/known_hosts" >"$CONFIG_DIR/destination.conf"
  export DESTINATION_ROOT=deep/shop/nightly
  run backup one
  echo "$output"
  [ "$status" -eq 0 ]
  run backup two
  [ "$status" -eq 0 ]
  [ "$(find "$STORE/deep/shop/nightly/manifests" -name '*.json' | wc -l)" -eq 2 ]
  run "$SCRIPTS/fetch.sh"
  [ "$status" -eq 0 ]
  [ "$(cat "$VOLUME_DIR/.restore/ready/data/1.dump")" = two ]
  printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 <"$DESTINATION_DIR/ssh-privatekey.pub")" >"$DESTINATION_DIR/known_hosts"
  run backup three
  kill "$SERVER"
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == 'prepare.sh: FAILED: the destination cannot be read (rclone ended with '* ]]
}
