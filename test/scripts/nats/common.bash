# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled nats)
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS STUBS

# An empty volume, and the environment of the server's container; the stubs stand for the programs of the image.
prepare() {
  export VOLUME_DIR=$BATS_TEST_TMPDIR/volume CONFIG_DIR=$BATS_TEST_TMPDIR/config CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials
  export RUN_DIR=$BATS_TEST_TMPDIR/run TLS_DIR='' DATA_DIR=$VOLUME_DIR/nats DATA_MUST_EXIST=false DB_SERIES=2 MONITOR_PORT=1
  export PROBE_TIMEOUT=5 RELOAD_INTERVAL=0.1 STUB_LOG=$BATS_TEST_TMPDIR/stub.log
  export PATH=$STUBS:$PATH
  mkdir -p "$VOLUME_DIR/lost+found" "$CONFIG_DIR" "$CREDENTIALS_DIR" "$RUN_DIR"
  printf 'password user: "app"\nreader user: "audit", permissions: { publish: { deny: [">"] } }\n' >"$CONFIG_DIR/users.list"
  echo 'max_file_store: 1' >"$CONFIG_DIR/storage.conf"
  # shellcheck disable=SC2016
  printf 'ge"heim\\1$x' >"$CREDENTIALS_DIR/password"
  echo 'zweites' >"$CREDENTIALS_DIR/reader"
}
