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

# Each session has numbers of its own. What is not acknowledged is never sent again.
statements() {
  local number=$(($1 * 1000000 + 1))
  while :; do
    printf 'EVAL "redis.call(\\"SADD\\", KEYS[1], ARGV[1]) return ARGV[1]" 1 numbers %d\n' "$number"
    number=$((number + 1))
  done
}

load() {
  local round=0 answer
  while [[ ! -e $1.stop ]]; do
    round=$((round + 1))
    { statements "$round" 2> /dev/null | session || :; } | while read -r answer; do
      if [[ ! $answer =~ ^[0-9]+$ ]]; then
        echo "$answer" >&2
        break
      fi
      printf '%s %s\n' "$EPOCHREALTIME" "$answer"
    done >> "$1"
    sleep 0.2
  done
}

case "$1" in
  write) write "$2" "$3" ;;
  read) session <<< "GET $(quoted "pair:$2")" ;;
  load) load "$2" ;;
  list) session <<< 'SMEMBERS numbers' ;;
esac
