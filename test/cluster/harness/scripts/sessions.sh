#!/usr/bin/env bash
# Opens sessions that stay as they are: idle ones, and ones in the middle of a statement of a transaction that has written.
# They are told apart by their application_name. The sessions of an earlier call end first.
#
# usage: sessions.sh IDLE BUSY CONNECTION
set -Eeuo pipefail

PGPASSWORD=$(< /secret/password)
# Many connect at once, on a machine that has other work.
export PGPASSWORD PGCONNECT_TIMEOUT=50
GROUP=/tmp/sessions

open() { # NAME CONNECTION STATEMENTS
  { printf '%s\n' "$3"; sleep infinity; } | PGAPPNAME=$1 psql --no-psqlrc --quiet "$2" > /dev/null 2>&1 &
}

main() {
  local number
  if [[ -e "$GROUP" ]]; then kill -s KILL -- "-$(< "$GROUP")" 2> /dev/null || :; fi
  printf '%s' "$BASHPID" > "$GROUP"
  for ((number = 0; number < $1; number++)); do open idle "$3" 'SELECT 1;'; done
  for ((number = 0; number < $2; number++)); do
    open busy "$3" 'BEGIN; INSERT INTO held VALUES (1); SELECT pg_sleep(3600);'
  done
  wait
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
