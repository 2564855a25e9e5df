#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced: statements of a role to the server of this pod. Waits: one answer 2 s, one statement 60 s.

# answers PORT [TLS]: the server speaks its protocol there; where TLS is required, it takes connections.
answers() {
  local question=cql
  if [[ "${2:-off}" == required ]]; then question=tls; fi
  QUESTION=$question ASKED_PORT=$1 timeout 2 "$HERE/ask.sh" 2>/dev/null
}

# login ROLE WORD: how the role comes in, in a file that only this user can read; never in arguments.
login() {
  local before
  before=$(umask)
  umask 077
  printf '[%s]\n%s = %s\n%s = %s\n' plain_text_auth username "$1" password "$2" >"$RUN_DIR/login.$1.new"
  umask "$before"
  mv "$RUN_DIR/login.$1.new" "$RUN_DIR/login.$1"
}

# cql ROLE PORT TLS: the statements come from the standard input, by a file that only this user can read.
cql() {
  local options=() file=$RUN_DIR/statements.$1 result=0
  if [[ "$3" == required ]]; then options=(--ssl); fi
  (umask 077 && cat >"$file")
  SSL_VALIDATE=false timeout --kill-after=5 60 cqlsh --credentials="$RUN_DIR/login.$1" "${options[@]}" 127.0.0.1 "$2" \
    --file="$file" </dev/null 2>&1 || result=$?
  rm -f "$file"
  return "$result"
}

# A text in a statement: a quote is written twice.
text() { printf "'%s'" "${1//\'/\'\'}"; }

# sentence BEGINNING WORD [MORE]: what a role has to be, such as "ALTER ROLE app" with its word.
sentence() { printf '%s WITH %s = %s%s;\n' "$1" PASSWORD "$(text "$2")" "${3:-}"; }
