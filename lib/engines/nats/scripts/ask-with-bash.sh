#!/usr/bin/env bash
set -Eeuo pipefail
# Prints what the monitoring port answers to the path ASKED; fails if there is no answer, or an error. Waits: ask.sh limits it.

main() {
  local line
  : "${ASKED:?a path}" "${MONITOR_PORT:?the port of the monitoring}"
  exec 3<>"/dev/tcp/127.0.0.1/$MONITOR_PORT"
  printf 'GET %s HTTP/1.0\r\n\r\n' "$ASKED" >&3
  read -r line <&3
  if [[ "$line" != *' 200 '* ]]; then
    echo "the answer is $line" >&2
    exit 1
  fi
  while read -r line && [[ "$line" != $'\r' ]]; do :; done <&3
  cat <&3
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
