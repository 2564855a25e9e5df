#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes: questions to the server without a client. Waits: PROBE_TIMEOUT - 1 s, below the probe's own limit.

# Prints the status of GET /status of the small HTTP server, which has a thread of its own; nothing if there is no answer.
health() {
  # shellcheck disable=SC2016 # the inner shell's own
  timeout "$((PROBE_TIMEOUT - 1))" bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf "GET /status HTTP/1.0\r\n\r\n" >&3
    read -r _ status _ <&3 && printf "%s" "$status"' - "$MIN_PORT" 2>/dev/null || :
}

# A client of the PostgreSQL protocol may first ask for encryption; the answer is one letter, and no log has a line of it.
pg_answers() {
  # shellcheck disable=SC2016 # the inner shell's own
  timeout "$((PROBE_TIMEOUT - 1))" bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf "\0\0\0\10\4\322\26\57" >&3
    IFS= read -r -N 1 letter <&3 && [[ "$letter" == [NS] ]]' - "$PG_PORT" 2>/dev/null
}
