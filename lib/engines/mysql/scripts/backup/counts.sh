#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh and check.sh: which databases are meant, and how the numbers of rows are written down. Waits for nothing.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck disable=SC2034 # conditions, used by the scripts that source this file
USERS_OWN="NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')" TABLES="table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"

# count_rows dump|server [VARIABLE=VALUE | FILE]...: a line of JSON for each table.
count_rows() { LC_ALL=C awk -f "$HERE/counts.awk" of="$1" "${@:2}"; }

# The lines of all tables, from the standard input, as one object of JSON, in one line.
counts_json() {
  LC_ALL=C sort | awk 'BEGIN { printf "{" } { printf "%s %s", comma, $0; comma = "," } END { printf " }" }'
}
