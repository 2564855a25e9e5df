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

# Runs the command every 0.1 s until it succeeds, at most $1 seconds.
eventually() {
  local tenths=$(($1 * 10))
  shift
  until "$@"; do
    tenths=$((tenths - 1))
    if ((tenths <= 0)); then
      echo "never true: $*" >&2
      return 1
    fi
    sleep 0.1
  done
}

# The text is in the file.
says() { grep -qF -- "$2" "$1" 2>/dev/null; }
