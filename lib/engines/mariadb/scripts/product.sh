#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the scripts that MySQL and MariaDB share: what MariaDB alone has. Waits: 60 s for the server of an upgrade.

# shellcheck disable=SC2034 # used by the scripts that source this file
PRODUCT=MariaDB SERVER=mariadbd CLIENT=mariadb ADMIN=mariadb-admin SUPERUSER=$(id -un) RELOAD_TLS='FLUSH SSL;'
# shellcheck disable=SC2034 # a server without network, settings files, log of changes and events
PRIVATE_OPTIONS=(--no-defaults --skip-networking --skip-log-bin --skip-slave-start --wsrep-on=OFF --event-scheduler=OFF
  --innodb-buffer-pool-size=64M --loose-innodb-buffer-pool-load-at-startup=0)
# shellcheck disable=SC2034
ZONES_TO_SQL=(mariadb-tzinfo-to-sql --skip-write-binlog /usr/share/zoneinfo)

is_own_program() { [[ "$1" == *MariaDB* ]]; }

# Only MariaDB has the Aria engine, which holds its system tables.
is_own_data() { [[ -e "$1/aria_log_control" ]]; }

# Prints the version that the system tables were made or upgraded for; nothing where that is not written down.
data_version() {
  local file
  for file in "$1/mariadb_upgrade_info" "$1/mysql_upgrade_info"; do
    if [[ -r "$file" && "$(<"$file")" =~ ^([0-9]+\.[0-9]+\.[0-9]+) ]]; then
      printf '%s' "${BASH_REMATCH[1]}"
      return
    fi
  done
}

# The superuser is the pod's own user, over the socket; root gets no usable password.
make_data() {
  mariadb-install-db --no-defaults --rpm --datadir="$1" --auth-root-authentication-method=socket --skip-test-db \
    --auth-root-socket-user="$(id -un)" --skip-name-resolve --innodb-buffer-pool-size=64M >&2
}

# Rows for the name of the pod are of no use, and warned of at each start.
secure_sql() {
  printf '%s\n' "DELETE FROM mysql.proxies_priv WHERE Host <> 'localhost';"
}

# Data of another series, $1, need their system tables upgraded: by a server without network, before the real one.
upgrade_data() {
  if [[ "${1%.*}" == "$DB_SERIES" ]]; then return; fi
  say "upgrading the system tables of version $1 to $DB_SERIES"
  start_private_server "$DATA_DIR"
  mariadb-upgrade --no-defaults --socket="$PRIVATE_SOCKET" --user="$SUPERUSER" --force --skip-write-binlog >&2
  stop_private_server
  say "upgraded"
}

account_sql() {
  local how="IDENTIFIED VIA ${ACCOUNT_PLUGIN:?mysql_native_password or ed25519} USING PASSWORD($2)"
  printf '%s\n' "CREATE USER IF NOT EXISTS '$1'@'%' $how;" "ALTER USER '$1'@'%' $how;"
}

# Keeps the statements of a session out of every log.
session_sql() {
  printf '%s\n' "SET SESSION sql_mode = '', sql_log_off = ON, sql_log_bin = OFF, slow_query_log = OFF;"
}
