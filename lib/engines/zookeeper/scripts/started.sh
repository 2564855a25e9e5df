#!/usr/bin/env bash
set -Eeuo pipefail
# Startup probe: the port is open. It is so before the tree is loaded, which is no reason to kill the server, however long it
# takes. Waits for nothing.

main() {
  : "${PORT:?the port}"
  if ! { exec 3<>"/dev/tcp/127.0.0.1/$PORT"; } 2>/dev/null; then
    echo "not started: nobody listens on port $PORT" >&2
    exit 1
  fi
  echo "started: the server listens"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
