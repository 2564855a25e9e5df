#!/usr/bin/env bash
# Writes rows, at most 250 a second on each connection, and logs every acknowledgement with its time.
#
# usage: writer.sh FOLDER CONNECTIONS CONNECTION
#
# Each connection is a psql that is fed single-row inserts, each a transaction of its own. psql prints an id only after
# the server has acknowledged its commit; at the first error it ends, and a new one goes on with other ids: no id is ever
# sent twice, so a row that is in the table twice was made by the server.
set -Eeuo pipefail

PGPASSWORD=$(< /secret/password)
# A dead server is noticed, also where nothing says that the connection is gone.
export PGPASSWORD PGCONNECT_TIMEOUT=2

statements() { # CONNECTION ATTEMPT
  local id=$(($1 * 1000000000000 + $2 * 100000000)) silence
  exec {silence}<> <(:)
  while :; do
    id=$((id + 1))
    printf 'INSERT INTO writes (id) VALUES (%d);\n\\echo %d\n' "$id" "$id"
    ((id % 25 != 0)) || read -r -t 0.1 -u "$silence" || :
  done
}

log_times() {
  local id
  while read -r id; do printf '%s %s\n' "$EPOCHREALTIME" "$id"; done
}

write_rows() { # FOLDER NUMBER CONNECTION
  local attempt=0
  while [[ ! -e $1/stop ]]; do
    attempt=$((attempt + 1))
    statements "$2" "$attempt" 2> /dev/null |
      psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$3 tcp_user_timeout=3000 keepalives_idle=2 keepalives_interval=1 keepalives_count=2" 2>> "$1/errors.$2" |
      log_times >> "$1/acknowledged.$2" || :
    sleep 0.1
  done
}

main() {
  local number
  mkdir -p "$1"
  for ((number = 1; number <= $2; number++)); do
    write_rows "$1" "$number" "$3" &
  done
  wait
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
