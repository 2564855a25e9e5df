#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: keeps users, databases and rights as the file `declared` has them, sets new passwords, and has a renewed
# certificate read. It alone reads the passwords, and sends them over the pod's own socket. Runs until SIGTERM.
# Waits: per statement file 120 s, between two rounds RECONCILE_INTERVAL; ends within 1 s of SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
WORKER='' DATABASES='' APPLIED='' LOADED=''
# shellcheck source-path=SCRIPTDIR source=product.sh
source "$HERE/product.sh"
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"

# Sets $1 to what is to be applied: a hash of the files, which never leaves this process, and the server's start.
fingerprint() {
  local -n result=$1
  local hashes
  hashes=$(sha256sum -- "${@:2}" 2>&1) || return 1
  # shellcheck disable=SC2034 # the caller's
  result="$(stat -c '%i %Y' "$SOCKET") $hashes"
}

reload_certificate() {
  local now
  if [[ -z "$TLS_DIR" ]]; then return; fi
  fingerprint now "$TLS_DIR/tls.crt" "$TLS_DIR/tls.key" || return 0 # in the middle of a change
  if [[ "$now" == "$LOADED" ]]; then return; fi
  apply certificate <<<"$RELOAD_TLS" || return 0
  if [[ -n "$LOADED" ]]; then say "certificate: the server was told to read it again"; fi
  LOADED=$now
}

# One line of `declared`: user NAME KEY LIMIT, database NAME, or grant USER DATABASE RIGHTS (SELECT,SHOW_VIEW).
apply_line() {
  local kind=$1 name=$2 third=${3:-} fourth=${4:-}
  case "$kind" in
    user) apply_user "$name" "$third" "$fourth" ;;
    # In the log of changes, unlike the accounts: a copy of the data without its databases would be none.
    database)
      if [[ $'\n'"$DATABASES"$'\n' == *$'\n'"$name"$'\n'* ]]; then return; fi
      apply "database $name" <<<"SET SESSION sql_log_bin = ON; CREATE DATABASE IF NOT EXISTS \`$name\`;" || return 1
      say "database $name: created"
      ;;
    # "_" stands for any character in a grant.
    grant) apply "rights of $name on $third" <<<"GRANT ${fourth//_/ } ON \`${third//_/\\_}\`.* TO '$name'@'%';" ;;
    *) complain "FAILED $kind: unknown" && return 1 ;;
  esac
}

round() {
  local now failed=0 kind rest
  if ! DATABASES=$(sql <<<'SHOW DATABASES;' 2>/dev/null); then
    complain "waiting for the server on $SOCKET"
    return 0
  fi
  reload_certificate
  if ! fingerprint now "$CONFIG_DIR/declared" "$CREDENTIALS_DIR"/*; then
    complain "FAILED: the credentials cannot be read"
    return 0
  fi
  if [[ "$now" == "$APPLIED" ]]; then return; fi
  while read -r kind rest; do
    # shellcheck disable=SC2086 # words
    apply_line "$kind" $rest || failed=1
  done <"$CONFIG_DIR/declared"
  if ((failed)) || ! touch "$READY_MARK"; then return 0; fi
  APPLIED=$now SAID=()
  say "everything is as declared"
}

main() {
  : "${SOCKET:?the socket of the server}" "${CONFIG_DIR:?the folder of declared}" "${CREDENTIALS_DIR:?the folder of the credentials}"
  : "${READY_MARK:?the file that ready.sh wants}" "${RECONCILE_INTERVAL:?seconds between two rounds}"
  TLS_DIR=${TLS_DIR:-}
  umask 077
  # The work is in a process group of its own, so that this process is free to hear SIGTERM and to end all of it at once.
  trap 'kill -s KILL -- "-$WORKER" 2>/dev/null || true; exit 0' TERM INT
  set -m
  { while round; do sleep "$RECONCILE_INTERVAL"; done; } </dev/null &
  WORKER=$!
  wait "$WORKER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
