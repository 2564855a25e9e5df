#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by reconcile.sh: statements to the server, and what is said of them. Waits: per statement 120 s, per psql 300 s.

declare -A SAID=()

# Sent with the connection, so in force before the first statement and above anything set for a database or role.
# Nothing of these sessions goes to the server's log (log_min_messages): an error's context would quote a password.
# shellcheck disable=SC2034 # reconcile.sh adds to it and exports it
SESSION=(log_min_messages=panic log_min_error_statement=panic log_statement=none log_duration=off
  log_min_duration_statement=-1 log_min_duration_sample=-1 log_transaction_sample_rate=0 pg_stat_statements.track=none
  pg_stat_statements.track_utility=off auto_explain.log_min_duration=-1 pgaudit.log=none
  password_encryption=scram-sha-256 role=none search_path=pg_catalog default_transaction_read_only=off
  client_min_messages=notice lock_timeout=30s statement_timeout=120s)

say() { printf 'reconcile.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again in every round.
complain() {
  local last=${SAID["$1"]:--60}
  if ((SECONDS - last < 60)); then return; fi
  SAID["$1"]=$SECONDS
  say "$1" >&2
}

# BusyBox knows the short options only, and stays in the caller's process group anyway.
LIMIT=(timeout -k 5 300)
if timeout --foreground 1 true 2>/dev/null; then LIMIT=(timeout --foreground -k 5 300); fi

sql() {
  "${LIMIT[@]}" psql -XwqAt -v ON_ERROR_STOP=1 -v SHOW_CONTEXT=never "$@" </dev/null
}

# Prints what was changed, or why it failed.
apply() {
  local output
  if ! output=$(sql "${@:2}" 2>&1); then
    complain "FAILED $1: $output"
    return 1
  fi
  if [[ -n "$output" ]]; then say "$1: $output"; fi
}
