#!/usr/bin/env bash
# The client of Valkey, Redis and KeyDB: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
set -Eeuo pipefail

for CLIENT in valkey-cli redis-cli keydb-cli; do
  if command -v "$CLIENT" > /dev/null; then break; fi
done

# A text as the client reads it from its input.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# The answers to the commands of stdin, after a login that succeeded.
session() {
  local answer
  { printf 'AUTH %s %s\n' "$USERNAME" "$(quoted "$(< "$PASSWORD_FILE")")" && cat; } | timeout 20 "$CLIENT" -h "$HOST" -p "$PORT" 2>&1 | {
    IFS= read -r answer || return 1
    if [[ $answer != OK ]]; then
      echo "$answer" >&2
      return 1
    fi
    cat
  }
}

write() {
  local answer
  answer=$(session <<< "SET $(quoted "pair:$1") $(quoted "$2")")
  [[ $answer == OK ]] || { echo "$answer" >&2 && return 1; }
}

# Writes the numbers from $2 on, 50 at a time: the server writes and syncs its log once for all that it has read, however slow
# the disk is. Ends with the connection, or when an answer takes ten seconds. What is not acknowledged is never sent again.
numbers() {
  local number=$2 at commands answer
  exec 3<> "/dev/tcp/$HOST/$PORT"
  printf 'AUTH %s %s\r\n' "$USERNAME" "$(quoted "$(< "$PASSWORD_FILE")")" >&3
  IFS= read -r -t 10 -u 3 answer
  [[ $answer == +OK* ]] || { echo "$answer" >&2 && return 1; }
  while :; do
    commands=''
    for ((at = 0; at < 50; at++)); do commands+="SADD numbers $((number + at))"$'\r\n'; done
    printf '%s' "$commands" >&3
    for ((at = 0; at < 50; at++)); do
      IFS= read -r -t 10 -u 3 answer
      [[ $answer == :1* ]] || { echo "$answer" >&2 && return 1; }
      printf '%s %d\n' "$EPOCHREALTIME" "$((number + at))" >> "$1"
    done
    number=$((number + 50))
  done
}

# Each session has numbers of its own.
load() {
  local session=0
  while [[ ! -e $1.stop ]]; do
    session=$((session + 1))
    timeout 30 "$0" numbers "$1" "$((session * 1000000 + 1))" || :
    sleep 0.2
  done
}

case "$1" in
  write) write "$2" "$3" ;;
  read) session <<< "GET $(quoted "pair:$2")" ;;
  load) load "$2" ;;
  numbers) numbers "$2" "$3" ;;
  list) session <<< 'SMEMBERS numbers' ;;
esac
