#!/bin/sh
set -eu
# Runs beside the server, in its container: has it read its configuration again when a password, a user, the certificate or the
# size of the volume has changed. Ends with the server. Waits: between two looks RELOAD_INTERVAL.

HERE=$(dirname -- "$0")
# shellcheck source-path=SCRIPTDIR source=users.sh
. "$HERE/users.sh"

say() { printf 'reload.sh: %s\n' "$*" >&2; }

# Everything that the server would read.
state() {
  compose || return 1
  cat "$CONFIG_DIR/storage.conf" || return 1
  if [ "$TLS_DIR" != '' ]; then cat "$TLS_DIR/tls.crt" "$TLS_DIR/tls.key" || return 1; fi
}

main() {
  : "${SERVER_PID:?the process of the server}" "${RELOAD_INTERVAL:?seconds between two looks}" "${TLS_DIR?the folder of the certificate, or nothing}"
  : "${CONFIG_DIR:?the folder of nats.conf}" "${CREDENTIALS_DIR:?the folder of the credentials}" "${RUN_DIR:?a folder in memory}"
  umask 077
  seen=$(state) || seen=''
  complained=''
  while sleep "$RELOAD_INTERVAL" && kill -s 0 "$SERVER_PID" 2>/dev/null; do
    # Nothing of what it prints may be printed on: there are passwords in it. Why it fails is said once.
    if ! now=$(state 2>/dev/null); then
      if [ "$complained" = '' ]; then state >/dev/null || say "nothing is changed until this can be read"; fi
      complained=yes
      continue
    fi
    complained=''
    if [ "$now" = "$seen" ]; then continue; fi
    if ! write_users; then continue; fi
    kill -s HUP "$SERVER_PID" || continue
    seen=$now
    say "the server was told to read its users, certificate and sizes again"
  done
}

main "$@"
