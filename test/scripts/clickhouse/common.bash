# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled clickhouse)
export SCRIPTS
export PATH="$BATS_TEST_DIRNAME/stubs:$PATH"

# The environment of the pod, in the folder of the test.
pod() {
  export VOLUME_DIR=$BATS_TEST_TMPDIR/volume RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=$BATS_TEST_TMPDIR/config
  export DATA_DIR=$VOLUME_DIR/server DB_SERIES=26.3 DATA_MUST_EXIST=false
  export APP_USER=app APP_PASSWORD_FILE=$BATS_TEST_TMPDIR/credentials/password CLIENT_PORT=9000 CLIENT_TLS=false
  mkdir -p "$VOLUME_DIR/lost+found" "$RUN_DIR" "$CONFIG_DIR" "$BATS_TEST_TMPDIR/credentials"
  echo '<clickhouse/>' >"$CONFIG_DIR/users.xml"
  printf 'canary-17\n' >"$APP_PASSWORD_FILE"
}

# The user file of a password.
hash_file() { printf '<clickhouse><users><app><password_sha256_hex>%s</password_sha256_hex></app></users></clickhouse>' "$(printf %s "$1" | sha256sum | cut -d ' ' -f 1)"; }
