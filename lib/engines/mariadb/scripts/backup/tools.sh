#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the scripts that MySQL and MariaDB share: what MariaDB alone has. Waits for nothing.

# shellcheck disable=SC2034 # used by the scripts that source this file
PRODUCT=MariaDB CLIENT=mariadb DUMP=mariadb-dump SUPERUSER=$(id -un)

tools_series() {
  if [[ "$("$DUMP" --version)" =~ (from|Distrib)\ ([0-9]+\.[0-9]+)\. ]]; then printf '%s' "${BASH_REMATCH[2]}"; fi
}

is_own_server() { [[ "$1" == *MariaDB* ]]; }

# From 11.4 on the tools want to compare the certificate with one that they do not have.
tls_lines() {
  if [[ "$1" == true ]]; then echo ssl; fi
  echo disable-ssl-verify-server-cert
}

# The server knows the position of a snapshot by itself: no lock, and no rights. Old versions of rows are data, too.
dump_lines() {
  echo dump-history
  if [[ "$1" == true ]]; then printf '%s\n' 'master-data = 2' gtid; fi
}

position_sql() { echo 'SELECT @@log_bin;'; }
