#!/usr/bin/env bash
# The client of MariaDB: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
set -Eeuo pipefail

MYSQL_PWD=$(< "$PASSWORD_FILE")
export MYSQL_PWD

sql() {
  mariadb --no-defaults --protocol=tcp --host="$HOST" --port="$PORT" --user="$USERNAME" --connect-timeout=2 --skip-ssl-verify-server-cert \
    --default-character-set=utf8mb4 --batch --skip-column-names --unbuffered "$DATABASE"
}

tables() {
  sql <<< 'CREATE TABLE IF NOT EXISTS pairs (name varchar(64) PRIMARY KEY, value text); CREATE TABLE IF NOT EXISTS numbers (number bigint PRIMARY KEY);'
}

write() {
  tables
  sql <<< "INSERT INTO pairs VALUES ('$1', '$2') ON DUPLICATE KEY UPDATE value = '$2';"
}

# Each session has numbers of its own. What is not acknowledged is never sent again.
statements() {
  local number=$(($1 * 1000000 + 1))
  while :; do
    printf 'INSERT INTO numbers VALUES (%d); SELECT %d;\n' "$number" "$number"
    number=$((number + 1))
  done
}

# One of 16 writers, whose commits share a write to the disk: sessions $1, $1 + 16, and so on.
writer() {
  local session=$1 number
  while [[ ! -e $2.stop ]]; do
    { statements "$session" 2> /dev/null | sql 2> /dev/null || :; } |
      while read -r number; do printf '%s %s\n' "$EPOCHREALTIME" "$number"; done >> "$2"
    session=$((session + 16))
    sleep 0.2
  done
}

load() {
  local each
  tables
  for each in {1..16}; do writer "$each" "$1" & done
  wait
}

case "$1" in
  write) write "$2" "$3" ;;
  read) sql <<< "SELECT value FROM pairs WHERE name = '$2';" ;;
  load) load "$2" ;;
  list) sql <<< 'SELECT number FROM numbers;' ;;
esac
