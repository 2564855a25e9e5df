#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by drill.sh: what is asked of a database that was restored, as its local administrator, over the socket of its pod.
# Waits: 5 s for an answer to PING, a minute for counts; a snapshot and an assertion take as long as they take, and the Job has a deadline.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=rdb.sh
source "$HERE/rdb.sh"
# shellcheck source-path=SCRIPTDIR source=../session.sh
source "$HERE/session.sh"

# Where the server's own socket and administrator lie, whatever other folder there is for the drill.
server_folder() {
  local socket
  socket=$(sed -n 's/^unixsocket //p' "$CONFIG_DIR/server.conf")
  printf '%s' "${socket%/*}"
}

# on_server SECONDS: the lines of stdin, with the answers.
on_server() {
  local folder
  folder=$(server_folder)
  RUN_DIR=$folder ask_locally "$1"
}

server_answers() { [[ "$(on_server 5 <<<PING 2>/dev/null)" == PONG ]]; }

# The server itself has no check of its memory: it writes all of it, and the checker reads and unpacks that.
integrity() {
  local folder report=$RUN_DIR/report status=0
  folder=$(server_folder)
  "$CLIENT" -s "$folder/server.sock" --user "$ADMIN" --askpass --rdb - <"$folder/admin" | {
    "$CHECKER" /dev/stdin 2>&1 | grep -v '\] AUX FIELD ' >"$report" || exit
    # The mark behind the end, or the client would be cut off in its last word.
    cat >/dev/null
  } || status=$?
  if ((status == 0)) && ! sound "$report" >/dev/null; then status=1; fi
  if ((status != 0)); then grep -E '^\[offset [0-9]+\] ' -- "$report" | tail -n 1 >&2 || true; fi
  rm -f -- "$report"
  return "$status"
}

# While it loads, the server would count what it has so far.
counted() {
  local answer
  answer=$(on_server 60 <<<$'PING\nINFO keyspace') || return 1
  [[ "$answer" == PONG$'\n'* ]] || return 1
  sed -n 's/^\(db[0-9]*\):keys=\([0-9]*\),expires=\([0-9]*\).*/\1 \2 \3/p' <<<"$answer" | counts_json
}

# assertion COMMAND: the first line of its answer has to be true, as of EXISTS, SISMEMBER or EVAL. One line is one command.
assertion() {
  local answer
  [[ "$1" != *$'\n'* ]] || return 1
  answer=$(on_server 86400 <<<"$1") || return 1
  answer=${answer%%$'\n'*}
  [[ "$answer" == 1 || "$answer" == true ]]
}
