#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: gives a changed password and a renewed certificate to the server, which reads its files again by itself.
# Runs until SIGTERM. Waits: 5 s between two looks, 60 s for the program that makes the hash.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=access.sh
source "$HERE/access.sh"

say() { printf 'renew.sh: %s\n' "$*"; }

# start.sh writes the mark last; without it the configuration is just being put together.
look() {
  local now before
  if [[ ! -r "$CONF/.applied" ]]; then return; fi
  now=$(inputs 2>/dev/null) || return 0 # in the middle of a change
  before=$(<"$CONF/.applied")
  if [[ "$now" == "$before" ]]; then return; fi
  copy_certificate || return 0
  tell_users passwd "$APP_USER" || return 0
  printf '%s\n' "$now" >"$CONF/.applied"
  say "the Secrets have changed: the server was given the password and the certificate"
}

main() {
  : "${SERVER_HOME:?the folder of the server}" "${CREDENTIALS_DIR:?the folder of the credentials}" "${APP_USER:?the user}"
  CONF=${ES_PATH_CONF:?the folder of the server\'s configuration}
  TLS_DIR=${TLS_DIR:-}
  umask 077
  trap 'exit 0' TERM INT
  say "looking at the Secrets every 5 s"
  while :; do
    look
    sleep 5 &
    wait "$!"
  done
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
