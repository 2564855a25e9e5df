#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: keeps the application's password (as a SCRAM hash in Kafka's own metadata) and rights as declared, and has a renewed
# certificate read. Tools of Kafka are started only when something changed. Runs until SIGTERM.
# Waits: per tool 120 s, between two rounds RECONCILE_INTERVAL; ends at once on SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
LOGIN_DONE='' SAID='' SAID_AT=-60
# shellcheck source-path=SCRIPTDIR source=certificate.sh
source "$HERE/certificate.sh"
# shellcheck source-path=SCRIPTDIR source=answer.sh
source "$HERE/answer.sh"

say() { printf 'reconcile.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again in every round.
complain() {
  if [[ "$1" == "$SAID" ]] && ((SECONDS - SAID_AT < 60)); then return; fi
  SAID=$1 SAID_AT=$SECONDS
  say "$1" >&2
}

# tool WHAT NAME ARGUMENTS: one of Kafka's own, on the port that nobody outside the pod can reach.
tool() {
  local output
  if ! output=$(timeout 120 "$KAFKA_HOME/bin/$2" --bootstrap-server "127.0.0.1:$BROKER_PORT" "${@:3}" 2>&1 </dev/null); then
    complain "FAILED $1: $output"
    return 1
  fi
}

# The password goes to the tool by a file in memory, in which a backslash is written twice.
apply_password() {
  local login file=$RUN_DIR/login.properties
  login=$(<"$PASSWORD_FILE")
  if [[ "$login" == "$LOGIN_DONE" && -e "$READY_MARK" ]]; then return; fi
  if [[ -z "$login" || "$login" == *[^\ -~]* ]]; then
    complain "FAILED login: $PASSWORD_FILE is empty, has more than one line, or characters outside ASCII"
    return
  fi
  (umask 077 && printf '%s=iterations=8192,%s=%s\n' SCRAM-SHA-512 password "${login//\\/\\\\}" >"$file")
  if tool login kafka-configs.sh --alter --entity-type users --entity-name "$DB_USER" --add-config-file "$file" &&
    tool rights kafka-acls.sh --add --allow-principal "User:$DB_USER" --operation All --topic '*' --group '*' --transactional-id '*'; then
    LOGIN_DONE=$login
    touch "$READY_MARK"
    say "login and rights of $DB_USER are as declared"
  fi
  rm -f "$file"
}

# The path stays the same, but that it is set makes the broker read the file; then it is taken back, so that it stays a matter
# of server.properties. The mark outlives this container: what was composed and not yet read is read by the next one.
apply_certificate() {
  local wrong
  if [[ "$(cat -- "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt")" != "$(<"$RUN_DIR/server.pem")" ]]; then
    if ! wrong=$(check_certificate); then
      complain "FAILED certificate: $wrong"
      return
    fi
    touch "$RUN_DIR/renewing"
    compose_certificate
  fi
  if [[ ! -e "$RUN_DIR/renewing" ]]; then return; fi
  local setting=listener.name.tls.ssl.keystore.location broker=(--alter --entity-type brokers --entity-name 1)
  tool certificate kafka-configs.sh "${broker[@]}" --add-config "$setting=$RUN_DIR/server.pem" || return 0
  tool certificate kafka-configs.sh "${broker[@]}" --delete-config "$setting" || return 0
  rm -f "$RUN_DIR/renewing"
  say "the renewed certificate was read"
}

main() {
  : "${BROKER_PORT:?the local port of the broker}" "${DB_USER:?the application}" "${PASSWORD_FILE:?the file of its password}"
  : "${KAFKA_HOME:?where Kafka is}" "${READY_MARK:?the file that ready.sh wants}" "${RUN_DIR:?a folder in memory}"
  : "${RECONCILE_INTERVAL:?seconds between two rounds}"
  PROBE_TIMEOUT=5
  trap 'kill $(jobs -p) 2>/dev/null; exit 0' TERM INT
  while true; do
    if (answers "$BROKER_PORT"); then
      apply_password
      if [[ -n "${TLS_DIR:-}" ]]; then apply_certificate; fi
    fi
    sleep "$RECONCILE_INTERVAL" &
    wait "$!" || true
  done
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
