# shellcheck shell=bash
# OpenSearch runs the scripts of Elasticsearch, with its own access.sh.

# shellcheck source-path=SCRIPTDIR source=../elasticsearch/common.bash
source "$BATS_TEST_DIRNAME/../elasticsearch/common.bash"
SCRIPTS=$(assembled elasticsearch opensearch)
export SCRIPTS
