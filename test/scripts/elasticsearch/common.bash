# shellcheck shell=bash
# Shared by the bats files of this folder, and by those of OpenSearch.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled elasticsearch)
STUBS=$BATS_TEST_DIRNAME/../elasticsearch/stubs
export SCRIPTS

# image SERVER VERSION: what an image has, in a folder of the test, and the environment of its container.
image() {
  export SERVER=$1 SERVER_HOME=$BATS_TEST_TMPDIR/home VOLUME_DIR=$BATS_TEST_TMPDIR/home/data
  export DATA_DIR=$VOLUME_DIR/$1 DB_MAJOR=${2%%.*} DATA_MUST_EXIST=false CLUSTER_NAME=orders APP_USER=app TLS_DIR=''
  export CONFIG_DIR=$BATS_TEST_TMPDIR/config CREDENTIALS_DIR=$BATS_TEST_TMPDIR/credentials SERVER_URL=http://127.0.0.1:9200
  export CONF=$BATS_TEST_TMPDIR/run/config RECORD=$BATS_TEST_TMPDIR/record
  mkdir -p "$SERVER_HOME"/{bin,lib,config/jvm.options.d,plugins} "$VOLUME_DIR/lost+found" "$CONFIG_DIR" "$CREDENTIALS_DIR" "$RECORD" "${CONF%/*}"
  touch "$SERVER_HOME/lib/$1-$2.jar" "$SERVER_HOME/lib/$1-cli-$2.jar" "$SERVER_HOME/lib/lucene-core-10.3.1.jar"
  cp "$STUBS/server" "$SERVER_HOME/bin/$1"
  cp "$STUBS/elasticsearch-users" "$SERVER_HOME/bin/elasticsearch-users"
  echo "of the image" | tee "$SERVER_HOME/config/jvm.options" "$SERVER_HOME/config/log4j2.properties" >"$SERVER_HOME/config/$1.yml"
  echo "of the database" | tee "$CONFIG_DIR/jvm.options" "$CONFIG_DIR/log4j2.properties" "$CONFIG_DIR/roles.yml" >"$CONFIG_DIR/$1.yml"
  printf 'canary-word' >"$CREDENTIALS_DIR/password"
}

# 3 is a descriptor of bats.
start() { run "$SCRIPTS/start.sh" 3>&-; }

# shellcheck disable=SC2154 # of run
refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

# shellcheck disable=SC2154 # of run
served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER $SERVER in $SERVER_HOME"* ]]
  [[ "$output" == *"lock: held"* ]]
}
