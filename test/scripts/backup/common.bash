# shellcheck shell=bash
# Shared by the bats files of this folder: the scripts that talk to a destination, with the real rclone and a folder as the store.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
# shellcheck disable=SC2034,SC2119 # used by the bats files; no engine's scripts are asked for
SCRIPTS=$(assembled)

pod() {
  export WORK=$BATS_TEST_TMPDIR/scratch RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=$BATS_TEST_TMPDIR/config VOLUME_DIR=$BATS_TEST_TMPDIR/volume
  export STORE=$BATS_TEST_TMPDIR/store DESTINATION_DIR=$BATS_TEST_TMPDIR/secret RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=1
  export DESTINATION_ROOT=$STORE/shop/nightly DESTINATION_OPTIONS='' ENGINE=postgres DATABASE=orders BACKUP=latest
  export KEEP_DAILY=0 KEEP_WEEKLY=0 KEEP_MONTHLY=0 KEEP_YEARLY=0 KEEP_LEAST=2
  mkdir -p "$WORK" "$RUN_DIR" "$CONFIG_DIR" "$VOLUME_DIR" "$STORE" "$DESTINATION_DIR"
  printf '[destination]\ntype = local\n' >"$CONFIG_DIR/destination.conf"
}

# What backup.sh leaves: one file of $1, as a database of $2 tables.
dumped() {
  rm -rf "$WORK/data"
  mkdir -p "$WORK/data"
  printf '%s' "$1" >"$WORK/data/1.dump"
  (cd "$WORK/data" && sha256sum -- *) >"$WORK/SHA256SUMS"
  cat >"$WORK/manifest.json" <<JSON
{
  "format": 1,
  "id": "$(cat "$WORK/id")",
  "engine": "postgres",
  "method": "logical",
  "database": "orders",
  "server": "17.5",
  "position": "0/1",
  "started": "2026-11-21T03:00:00Z",
  "finished": "2026-11-21T03:00:01Z",
  "objects": $2,
  "rows": 7,
  "bytes": ${#1},
  "files": [
    { "name": "1.dump", "bytes": ${#1}, "sha256": "$(cut -c1-64 "$WORK/SHA256SUMS")" }
  ],
  "counts": { "app.public.t" : 1 }
}
JSON
}

# A whole run with the dump of $1, as a database of $2 tables.
backup() {
  "$SCRIPTS/prepare.sh" && dumped "$1" "${2:-3}" && "$SCRIPTS/publish.sh"
}

visible() { ls -- "$DESTINATION_ROOT/manifests"; }
