#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: composes the users anew when the mounted password or the declared users changed. Runs until SIGTERM.
# Waits: KEEP_INTERVAL between two looks; 60 s between two complaints; ends within 1 s of SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=users.sh
source "$HERE/users.sh"
COMPLAINED=-60

say() { printf 'keep-users.sh: %s\n' "$*"; }

look() {
  local outcome=0
  # The server's container makes the folder, at its start.
  if [[ ! -e "$RUN_DIR/users/users.xml" ]]; then return; fi
  compose_users 2>/dev/null || outcome=$?
  if ((outcome == 0)); then
    say "users: composed anew; the server reads them within seconds"
  elif ((outcome != 1 && SECONDS - COMPLAINED >= 60)); then
    COMPLAINED=$SECONDS
    say "FAILED users: $APP_PASSWORD_FILE is missing, empty, or more than one line; the last one stays in force" >&2
  fi
}

main() {
  : "${APP_USER:?the user}" "${APP_PASSWORD_FILE:?the file}" "${CONFIG_DIR:?the folder of users.xml}" "${RUN_DIR:?the folder in memory}"
  : "${KEEP_INTERVAL:?seconds between two looks}"
  umask 077
  trap 'exit 0' TERM INT
  while :; do
    look
    sleep "$KEEP_INTERVAL" &
    wait "$!" || true
  done
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
