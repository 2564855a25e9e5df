#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: has the server read a new password, which it does when it is told to, for the PostgreSQL protocol. For HTTP it keeps
# the one that it was started with (RUN_DIR/started-with), with which this script comes in. Runs until SIGTERM.
# Waits: 10 s for one answer, between two rounds RELOAD_INTERVAL; ends at once after SIGTERM.

say() { printf 'reload.sh: %s\n' "$*"; }

# Over descriptors: no password is in the arguments of a program, and base64 reads it from a pipe.
told() {
  local basic answer
  basic=$(printf '%s:%s' "$DB_USER" "$(<"$RUN_DIR/started-with")" | base64 -w 0) || return 1
  exec 3<>"/dev/tcp/127.0.0.1/$HTTP_PORT" || return 1
  printf 'GET /exec?query=select%%20reload_config() HTTP/1.0\r\nAuthorization: Basic %s\r\n\r\n' "$basic" >&3
  IFS= read -r -t 10 answer <&3 || answer=''
  exec 3<&- 3>&-
  [[ "$answer" == *' 200 '* ]]
}

round() {
  local wanted
  if [[ ! -s "$RUN_DIR/started-with" || ! -s "$PASSWORD_FILE" ]]; then return 0; fi
  wanted=$(<"$PASSWORD_FILE")
  if [[ "$wanted" == "$APPLIED" ]]; then return 0; fi
  if ! told 2>/dev/null; then
    # Before the first success the server may just be starting, with the password that it finds.
    if [[ -n "$APPLIED" ]]; then say "a new password, but the server cannot be told; trying again" >&2; fi
    return 0
  fi
  APPLIED=$wanted
  say "the PostgreSQL protocol has the password of the Secret; HTTP has a new one after the next start of the server"
}

main() {
  : "${RUN_DIR:?a folder in memory}" "${PASSWORD_FILE:?the file of the password}" "${HTTP_PORT:?the port}" "${DB_USER:?the user}"
  : "${RELOAD_INTERVAL:?seconds between two rounds}"
  APPLIED=''
  trap 'exit 0' TERM INT
  # A server that hangs up in the middle of the question would end this process.
  trap '' PIPE
  while true; do
    round
    sleep "$RELOAD_INTERVAL" &
    wait "$!"
  done
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
