# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled cassandra)
# shellcheck disable=SC2034 # used by the bats files
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS

