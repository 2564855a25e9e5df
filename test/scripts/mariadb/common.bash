# shellcheck shell=bash disable=SC2154 # `run` of bats sets status and output
# MariaDB's scripts are MySQL's, with a product.sh of its own.

# shellcheck source-path=SCRIPTDIR source=../mysql/common.bash
source "$BATS_TEST_DIRNAME/../mysql/common.bash"
SCRIPTS=$(assembled mysql mariadb)
# shellcheck disable=SC2034 # used by the bats files
OWN_STUBS=$BATS_TEST_DIRNAME/stubs
