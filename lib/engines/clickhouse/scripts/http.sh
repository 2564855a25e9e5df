#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes. Waits: PROBE_TIMEOUT - 1 s for the answer; the connection has the probe's own limit.

# ask PATH: prints the first line of what the server answers on HTTP_PORT.
ask() {
  local line=''
  {
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
    IFS= read -r -t "$((PROBE_TIMEOUT - 1))" line <&3
  } 3<>"/dev/tcp/127.0.0.1/$HTTP_PORT" 2>/dev/null || return 1
  printf '%s' "${line%$'\r'}"
}

# listens PORT: somebody takes connections there.
listens() { : 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null
