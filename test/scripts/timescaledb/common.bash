# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"

# As in the pod: the scripts of PostgreSQL, and beside them its own.
SCRIPTS=$(assembled postgres timescaledb)
# shellcheck disable=SC2034 # used by the bats files
POSTGRES_STUBS=$BATS_TEST_DIRNAME/../postgres/stubs
# shellcheck disable=SC2034
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS
