#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: keeps the server's users, passwords and certificate as they are mounted, and has writes refused before the volume
# is full. It only gives hashes of passwords to the server. Runs until SIGTERM.
# Waits: 5 s for the server, between two rounds RECONCILE_INTERVAL; ends within 1 s of SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
WORKER='' CERTIFICATE=''
declare -A SAID=()
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"
# shellcheck source-path=SCRIPTDIR source=users.sh
source "$HERE/users.sh"
# shellcheck source-path=SCRIPTDIR source=space.sh
source "$HERE/space.sh"

say() { printf 'reconcile.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again in every round.
complain() {
  local last=${SAID["$1"]:--60}
  if ((SECONDS - last < 60)); then return; fi
  SAID["$1"]=$SECONDS
  say "$1" >&2
}

tell() {
  local answer
  answer=$(ask_locally 5 <<<"$2" 2>&1) || true
  if [[ "$answer" == OK* ]]; then return; fi
  complain "FAILED $1: ${answer%%$'\n'*}"
  return 1
}

# The mark stays until the server has read the file, whatever ends in between.
apply_users() {
  local wanted
  if ! wanted=$(compose_users 2>&1); then
    complain "FAILED users: ${wanted##*$'\n'}"
    return
  fi
  if [[ ! -e "$RUN_DIR/users.pending" && "$wanted" == "$(<"$RUN_DIR/users.acl")" ]]; then return; fi
  touch "$RUN_DIR/users.pending"
  write_users "$wanted" reconcile
  tell users 'ACL LOAD' || return 0
  rm -f "$RUN_DIR/users.pending"
  say "users: the server has read users and passwords again"
}

# Naming one of the files has both read again. The first round may find the one that the server started with.
apply_certificate() {
  local now
  if [[ -z "${TLS_DIR:-}" ]]; then return; fi
  now=$(sha256sum -- "$TLS_DIR/tls.crt" "$TLS_DIR/tls.key") || return 0
  if [[ "$now" == "$CERTIFICATE" ]]; then return; fi
  tell certificate "CONFIG SET tls-cert-file $TLS_DIR/tls.crt" || return 0
  CERTIFICATE=$now
  say "certificate: the server has read it again"
}

round() {
  if [[ ! -S "$RUN_DIR/server.sock" || ! -s "$RUN_DIR/admin" || ! -e "$RUN_DIR/users.acl" ]]; then return; fi
  apply_users
  apply_certificate
}

main() {
  : "${CLIENT:?the client}" "${RUN_DIR:?the folder of the socket}" "${ADMIN:?the administrator}" "${VOLUME_DIR:?the data volume}"
  : "${CONFIG_DIR:?the folder of users.list}" "${CREDENTIALS_DIR:?the folder of the passwords}"
  : "${RECONCILE_INTERVAL:?seconds between two rounds}"
  umask 077
  # The work is in a process group of its own, so that this process is free to hear SIGTERM and to end all of it at once.
  trap 'kill -s KILL -- "-$WORKER" 2>/dev/null || true; exit 0' TERM INT
  set -m
  {
    watch_space &
    while round; do sleep "$RECONCILE_INTERVAL"; done
  } </dev/null &
  WORKER=$!
  wait "$WORKER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
