#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the scripts of this folder: what MySQL alone has. MariaDB has a file of the same name. Waits for nothing.

# shellcheck disable=SC2034 # used by the scripts that source this file
PRODUCT=MySQL SERVER=mysqld CLIENT=mysql ADMIN=mysqladmin SUPERUSER=root RELOAD_TLS='ALTER INSTANCE RELOAD TLS;'
# shellcheck disable=SC2034 # a server without network, settings files, log of changes, events and statistics
PRIVATE_OPTIONS=(--no-defaults --skip-networking --mysqlx=OFF --disable-log-bin --skip-replica-start --performance-schema=OFF
  --event-scheduler=OFF --innodb-buffer-pool-size=64M --plugin-load-add=auth_socket.so)
# shellcheck disable=SC2034
ZONES_TO_SQL=(mysql_tzinfo_to_sql /usr/share/zoneinfo)

is_own_program() { [[ "$1" != *MariaDB* ]]; }

# Only MySQL has its dictionary in this file.
is_own_data() { [[ -e "$1/mysql.ibd" ]]; }

# Prints the version that used the data last; nothing where that is not written down. The server checks it again.
data_version() {
  local text='' version=''
  if [[ -r "$1/mysql_upgrade_history" ]]; then text=$(<"$1/mysql_upgrade_history"); fi
  while [[ "$text" =~ \"version\":\ *\"([0-9]+\.[0-9]+\.[0-9]+)(.*) ]]; do
    version=${BASH_REMATCH[1]} text=${BASH_REMATCH[2]}
  done
  printf '%s' "$version"
}

make_data() { mysqld --no-defaults --initialize-insecure --datadir="$1" --innodb-buffer-pool-size=64M --mysqlx=OFF >&2; }

# From here on, only the pod's own user is the superuser, and only over the socket.
secure_sql() {
  printf '%s\n' "ALTER USER 'root'@'localhost' IDENTIFIED WITH auth_socket AS '$(id -un)';"
}

# The server upgrades its own tables when it starts.
upgrade_data() { :; }

# $1 is the name, $2 the password as a literal of SQL.
account_sql() {
  printf '%s\n' "CREATE USER IF NOT EXISTS '$1'@'%' IDENTIFIED WITH caching_sha2_password BY $2;" \
    "ALTER USER '$1'@'%' IDENTIFIED WITH caching_sha2_password BY $2;"
}

# Keeps the statements of a session out of every log and statistic.
session_sql() {
  printf '%s\n' "SET SESSION sql_mode = '', sql_log_off = ON, sql_log_bin = OFF, long_query_time = 31536000;" \
    "UPDATE performance_schema.threads SET INSTRUMENTED = 'NO', HISTORY = 'NO' WHERE PROCESSLIST_ID = CONNECTION_ID();"
}
