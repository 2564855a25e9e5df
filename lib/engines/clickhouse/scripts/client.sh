#!/usr/bin/env bash
set -Eeuo pipefail
# The client of the server's admin: kubectl exec POD -it -- /opt/stateful/scripts/client.sh. Waits for whoever types.

main() {
  exec clickhouse client --config-file="${RUN_DIR:?the folder in memory}/client.xml" "$@"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
