# shellcheck shell=bash
# OpenSearch runs the scripts of Elasticsearch, with its own access.sh.

# shellcheck source-path=SCRIPTDIR source=../elasticsearch/common.bash
source "$BATS_TEST_DIRNAME/../elasticsearch/common.bash"
SCRIPTS=$BATS_TEST_TMPDIR/scripts
mkdir -p "$SCRIPTS"
cp -p -- "$(assembled elasticsearch)"/* "$SCRIPTS"
cp -p -- "$BATS_TEST_DIRNAME"/../../../lib/engines/opensearch/scripts/* "$SCRIPTS"
export SCRIPTS
