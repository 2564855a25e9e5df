#!/usr/bin/env bash
set -Eeuo pipefail
# Readiness probe: the server speaks its protocol on the port of clients. The server of the initialisation has another port.
# Where TLS is required, a connection is all that is asked for: the port is open only while clients are served.
# Waits: one question, 2 s (cql.sh).

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=cql.sh
source "$HERE/cql.sh"

main() {
  : "${DB_PORT:?the port of clients}" "${TLS:?off, optional or required}"
  if ! answers "$DB_PORT" "$TLS"; then
    echo "not ready: no answer on port $DB_PORT" >&2
    exit 1
  fi
  echo "ready"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
