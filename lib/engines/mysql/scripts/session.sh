#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by reconcile.sh: statements to the server, and what is said of them. Waits: 120 s per file of statements.

declare -A SAID=()

say() { printf 'reconcile.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again in every round.
complain() {
  local last=${SAID["$1"]:--60}
  if ((SECONDS - last < 60)); then return; fi
  SAID["$1"]=$SECONDS
  say "$1" >&2
}

# Statements come by stdin, so that no process list shows them.
sql() {
  timeout --foreground --kill-after=5 120 "$CLIENT" --no-defaults --socket="$SOCKET" --user="$SUPERUSER" --batch \
    --skip-column-names --connect-timeout=10 --default-character-set=utf8mb4
}

# Of a failure only the number is said: the text can quote the statement, and with it a password.
apply() {
  local output
  if output=$({ session_sql; cat; } | sql 2>&1); then return; fi
  if [[ "$output" =~ ERROR\ ([0-9]+)\ \(([0-9A-Z]+)\) ]]; then output="error ${BASH_REMATCH[1]} (${BASH_REMATCH[2]})"; else output='no answer'; fi
  complain "FAILED $1: $output"
  return 1
}

# Sets $1 to the password in the file $2 as a literal. One line break at the end of the file is not part of it.
literal_of() {
  local -n result=$1
  local text=''
  [[ -r "$2" ]] || return 1
  IFS= read -r -d '' text <"$2" || true # no zero byte was found: the file was read to its end
  text=${text%$'\n'}
  if [[ -z "$text" || "$text" == *[$'\n\r']* || "$(tr -d '\0' <"$2" | wc -c)" != "$(wc -c <"$2")" ]]; then return 1; fi
  text=${text//\\/\\\\}
  # shellcheck disable=SC2034 # the caller's
  result="'${text//\'/\'\'}'"
}

# $1 is the name, $2 the key of the credentials, $3 the most connections, 0 for no limit.
apply_user() {
  local literal
  if ! literal_of literal "$CREDENTIALS_DIR/$2"; then
    complain "FAILED user $1: $CREDENTIALS_DIR/$2 is missing, empty, or more than one line of text"
    return 1
  fi
  # A pipe, where a here-string could be a file.
  apply "user $1" < <(account_sql "$1" "$literal" && printf '%s\n' "ALTER USER '$1'@'%' WITH MAX_USER_CONNECTIONS $3;") || return 1
  say "user $1: set from $CREDENTIALS_DIR/$2"
}
