#!/usr/bin/env bash
set -Eeuo pipefail
# For people: kubectl exec -it POD -- /opt/stateful/scripts/admin.sh [COMMAND]. Runs the command, or those of stdin, as the
# local administrator. Waits: an hour, for a person.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"

main() {
  : "${RUN_DIR:?the folder of the socket}" "${CLIENT:?the client}" "${ADMIN:?the administrator}"
  if (($# > 0)); then
    ask_locally 3600 <<<"$*"
  else
    ask_locally 3600
  fi
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
