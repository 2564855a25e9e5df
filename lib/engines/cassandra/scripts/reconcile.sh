#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: gives both roles the passwords of the Secret, and puts a renewed certificate where the server looks for it every ten
# minutes. Its own login is the superuser's: with the password of the Secret, or with the last one that worked (RUN_DIR/login.*).
# Runs until SIGTERM. Waits: one statement 60 s (cql.sh), between two rounds RECONCILE_INTERVAL; ends at once after SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=cql.sh
source "$HERE/cql.sh"

WORKER='' APPLIED='' CERTIFICATE='' COMPLAINED=-60

say() { printf 'reconcile.sh: %s\n' "$*"; }

# What failed is said once a minute. The answer of the shell may quote a statement, and so is not shown.
complain() {
  if ((SECONDS - COMPLAINED < 60)); then return; fi
  COMPLAINED=$SECONDS
  say "FAILED: $*" >&2
}

# may ROLE: it can log in, with what is in its file.
may() { cql "$1" "$DB_PORT" "$TLS" >/dev/null <<<'SELECT key FROM system.local;'; }

change() { sentence "ALTER ROLE $1" "$2" | cql "$ADMIN" "$DB_PORT" "$TLS" >/dev/null; }

# The new password of the superuser is tried first; where it does not hold, the former one has to.
admin_agrees() {
  local former=''
  if [[ -e "$RUN_DIR/login.$ADMIN" ]]; then former=$(<"$RUN_DIR/login.$ADMIN"); fi
  login "$ADMIN" "$1"
  if may "$ADMIN"; then return; fi
  if [[ -n "$former" ]]; then
    (umask 077 && printf '%s\n' "$former" >"$RUN_DIR/login.$ADMIN")
    if change "$ADMIN" "$1"; then
      login "$ADMIN" "$1"
      say "role $ADMIN has its new password"
      return
    fi
  fi
  complain "role $ADMIN cannot log in with admin-password of the Secret; put the one back that it had"
  return 1
}

app_agrees() {
  login "$APP" "$1"
  if may "$APP"; then return; fi
  if ! change "$APP" "$1"; then
    complain "role $APP could not be given its password"
    return 1
  fi
  say "role $APP has its new password"
}

renew() {
  local now
  if [[ "$TLS" == off || ! -e "$RUN_DIR/server.pem" ]]; then return; fi
  now=$(cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt") || return 0
  if [[ -n "$CERTIFICATE" && "$now" != "$CERTIFICATE" ]]; then
    (umask 077 && printf '%s\n' "$now" >"$RUN_DIR/server.pem.new" && mv "$RUN_DIR/server.pem.new" "$RUN_DIR/server.pem")
    say "the certificate was renewed; the server reads it within ten minutes"
  fi
  CERTIFICATE=$now
}

round() {
  local app word
  renew
  if [[ ! -s "$CREDENTIALS_DIR/password" || ! -s "$CREDENTIALS_DIR/admin-password" ]]; then return 0; fi
  app=$(<"$CREDENTIALS_DIR/password") word=$(<"$CREDENTIALS_DIR/admin-password")
  if [[ "$app|$word" == "$APPLIED" ]] || ! answers "$DB_PORT" "$TLS"; then return 0; fi
  if admin_agrees "$word" && app_agrees "$app"; then
    APPLIED="$app|$word"
    say "both roles have the passwords of the Secret"
  fi
}

main() {
  : "${RUN_DIR:?a folder in memory}" "${CREDENTIALS_DIR:?the secrets}" "${DB_PORT:?the port}" "${TLS:?off, optional or required}"
  : "${ADMIN:?the superuser}" "${APP:?the role}" "${RECONCILE_INTERVAL:?seconds between two rounds}"
  # The work is in a process group of its own, so that this process is free to hear SIGTERM and to end all of it at once.
  trap 'kill -s KILL -- "-$WORKER" 2>/dev/null || true; exit 0' TERM INT
  set -m
  { while round; do sleep "$RECONCILE_INTERVAL"; done; } </dev/null &
  WORKER=$!
  wait "$WORKER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
