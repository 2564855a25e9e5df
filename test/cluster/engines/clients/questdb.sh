#!/usr/bin/env bash
# The client of QuestDB, over the PostgreSQL protocol: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
# A row is in the log when it is acknowledged, and in its table a moment later: whoever reads waits for that.
set -Eeuo pipefail

PGPASSWORD=$(< "$PASSWORD_FILE")
export PGPASSWORD PGCONNECT_TIMEOUT=10
CONNECTION="host=$HOST port=$PORT user=$USERNAME dbname=$DATABASE tcp_user_timeout=3000"

sql() { psql -XqAt -v ON_ERROR_STOP=1 -v key="${1:-}" -v value="${2:-}" "$CONNECTION"; }

tables() {
  sql <<'SQL' 2> /dev/null
CREATE TABLE IF NOT EXISTS pairs (ts TIMESTAMP, k SYMBOL, v VARCHAR) TIMESTAMP(ts) PARTITION BY MONTH WAL;
CREATE TABLE IF NOT EXISTS numbers (ts TIMESTAMP, number LONG) TIMESTAMP(ts) PARTITION BY MONTH WAL;
SQL
}

# What is in the log is in the tables; 60 s at most.
applied() {
  local behind try
  for ((try = 0; try < 300; try++)); do
    behind=$(sql <<< "SELECT count() FROM wal_tables() WHERE name IN ('pairs', 'numbers') AND (writerTxn < sequencerTxn OR suspended)")
    if [[ "$behind" == 0 ]]; then return; fi
    sleep 0.2
  done
  echo 'the log is not applied' >&2
  return 1
}

write() {
  tables
  sql "$1" "$2" <<< "INSERT INTO pairs VALUES (now(), :'key', :'value')"
}

# Each session has numbers of its own, ten in a statement: a commit reaches the disk, and one for each row is too slow. What is
# not acknowledged is never sent again.
statements() {
  local number=$(($1 * 1000000 + 1)) each rows
  while :; do
    rows=''
    for ((each = number; each < number + 10; each++)); do rows+=",(now(), $each)"; done
    printf 'INSERT INTO numbers VALUES %s;\n' "${rows:1}"
    printf '\\echo %d\n' "$number" $((number + 1)) $((number + 2)) $((number + 3)) $((number + 4)) $((number + 5)) $((number + 6)) \
      $((number + 7)) $((number + 8)) $((number + 9))
    number=$((number + 10))
  done
}

sessions() {
  local round=0 number
  while [[ ! -e $1.stop ]]; do
    round=$((round + 1))
    { statements "$((round * 10 + $2))" 2> /dev/null | sql || :; } |
      while read -r number; do printf '%s %s\n' "$EPOCHREALTIME" "$number"; done >> "$1"
    sleep 0.2
  done
}

load() {
  tables
  sessions "$1" 1 & sessions "$1" 2 & sessions "$1" 3 &
  wait
}

case "$1" in
  write) write "$2" "$3" ;;
  read) applied && sql "$2" <<< "SELECT v FROM pairs WHERE k = :'key' LATEST ON ts PARTITION BY k" ;;
  load) load "$2" ;;
  list) applied && sql <<< 'SELECT number FROM numbers' ;;
esac
