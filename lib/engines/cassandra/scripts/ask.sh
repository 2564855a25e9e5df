#!/usr/bin/env bash
set -Eeuo pipefail
# One question to the server, without a client: QUESTION is jmx, cql or tls, ASKED_PORT the port. A program of its own, so that it
# can be given a time. Waits: as long as the one who calls it lets it.

# JMX begins with a greeting, whose answer is one byte: a thread of the server sends it, where the kernel makes a connection alone.
jmx() {
  local letter
  printf 'JRMI\0\2K' >&3
  IFS= read -r -N 1 letter <&3
  [[ "$letter" == N ]]
}

# One frame of the protocol that needs no login: OPTIONS of version 4. The answer begins with 0x84.
cql() {
  local letter LC_ALL=C
  printf '\4\0\0\0\5\0\0\0\0' >&3
  IFS= read -r -N 1 letter <&3
  [[ "$letter" == $'\204' ]]
}

main() {
  : "${ASKED_PORT:?the port}"
  exec 3<>"/dev/tcp/127.0.0.1/$ASKED_PORT"
  case "${QUESTION:?jmx, cql or tls}" in
    jmx) jmx ;;
    cql) cql ;;
    # The port is open only while clients are served; a connection is the answer.
    tls) ;;
    *) return 2 ;;
  esac
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
