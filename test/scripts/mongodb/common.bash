# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled mongodb)
# shellcheck disable=SC2034 # used by the bats files
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS

# listen MODE: a server that answers as MODE says (answers.js), on a port of its own, which DB_PORT has then.
listen() {
  rm -f "$BATS_TEST_TMPDIR/port"
  node "$BATS_TEST_DIRNAME/answers.js" "$1" "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/port" 2>"$BATS_TEST_TMPDIR/listen.log" 3>&- &
  LISTENER=$!
  eventually 10 test -s "$BATS_TEST_TMPDIR/port"
  DB_PORT=$(<"$BATS_TEST_TMPDIR/port")
  export DB_PORT
}

stop_listening() {
  if [ -n "${LISTENER:-}" ]; then
    kill -s KILL "$LISTENER" 2>/dev/null || true
    wait "$LISTENER" 2>/dev/null || true
  fi
}
