#!/usr/bin/env bash
# The client of TimescaleDB, on hypertables: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
set -Eeuo pipefail

PGPASSWORD=$(< "$PASSWORD_FILE")
export PGPASSWORD PGCONNECT_TIMEOUT=2
CONNECTION="host=$HOST port=$PORT user=$USERNAME dbname=$DATABASE tcp_user_timeout=3000"

sql() { psql -XqAt -v ON_ERROR_STOP=1 -v key="${1:-}" -v value="${2:-}" "$CONNECTION"; }

# A small range, so that chunks are made all the time.
tables() {
  sql > /dev/null 2>&1 << 'SQL'
CREATE TABLE IF NOT EXISTS pairs (at timestamptz NOT NULL, key text, value text);
SELECT create_hypertable('pairs', by_range('at'), if_not_exists => true);
CREATE TABLE IF NOT EXISTS numbers (number bigint PRIMARY KEY);
SELECT create_hypertable('numbers', by_range('number', 5000), if_not_exists => true);
SQL
}

write() {
  tables
  sql "$1" "$2" <<< "INSERT INTO pairs VALUES (clock_timestamp(), :'key', :'value')"
}

# Each session has numbers of its own. What is not acknowledged is never sent again.
statements() {
  local number=$(($1 * 1000000 + 1))
  while :; do
    printf 'INSERT INTO numbers VALUES (%d);\n\\echo %d\n' "$number" "$number"
    number=$((number + 1))
  done
}

load() {
  local session=0 number
  tables
  while [[ ! -e $1.stop ]]; do
    session=$((session + 1))
    { statements "$session" 2> /dev/null | sql || :; } |
      while read -r number; do printf '%s %s\n' "$EPOCHREALTIME" "$number"; done >> "$1"
    sleep 0.2
  done
}

case "$1" in
  write) write "$2" "$3" ;;
  read) sql "$2" <<< "SELECT value FROM pairs WHERE key = :'key' ORDER BY at DESC LIMIT 1" ;;
  load) load "$2" ;;
  list) sql <<< 'SELECT number FROM numbers' ;;
esac
