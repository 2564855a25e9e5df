#!/usr/bin/env bash
set -Eeuo pipefail
# One question to the server, without a client: QUESTION is health or clients. A program of its own, so that it can be given a
# time. Waits: as long as the one who calls it lets it.

# GET /status of the small HTTP server, which has a thread of its own: prints the status.
health() {
  local status
  exec 3<>"/dev/tcp/127.0.0.1/$MIN_PORT"
  printf 'GET /status HTTP/1.0\r\n\r\n' >&3
  read -r _ status _ <&3
  printf '%s' "$status"
}

# A client of the PostgreSQL protocol may first ask for encryption; the answer is one letter, N or S.
clients() {
  local letter
  exec 3<>"/dev/tcp/127.0.0.1/$PG_PORT"
  printf '\0\0\0\10\4\322\26\57' >&3
  IFS= read -r -N 1 letter <&3
  [[ "$letter" == [NS] ]]
}

main() {
  case "${QUESTION:?health or clients}" in
    health) health ;;
    clients) clients ;;
    *) return 2 ;;
  esac
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
