# shellcheck shell=bash disable=SC2154 # `run` of bats sets status and output
# Shared by the bats files of this folder and of MariaDB's, whose scripts are these with a product.sh of its own.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled mysql)
# shellcheck disable=SC2034 # used by the bats files
STUBS=$BATS_TEST_DIRNAME/../mysql/stubs
export SCRIPTS

# What start.sh gets, with a volume of its own.
start_environment() {
  export VOLUME_DIR=$BATS_TEST_TMPDIR/volume ENGINE=mysql RESTORE=false CONFIG_DIR=/opt/stateful/config DATA_MUST_EXIST=false DB_SERIES=$1
  export DATA_DIR=$VOLUME_DIR/data TMP_DIR=$VOLUME_DIR/tmp SOCKET=$BATS_TEST_TMPDIR/mysqld.sock PRIVATE_SOCKET=$BATS_TEST_TMPDIR/private.sock HOSTNAME=orders-0
  mkdir -p "$VOLUME_DIR"
}

start() { run timeout 60 "$SCRIPTS/start.sh" 3>&-; }

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER --defaults-file=$CONFIG_DIR/my.cnf"* ]]
  [[ "$output" == *"data: complete"* ]]
}
