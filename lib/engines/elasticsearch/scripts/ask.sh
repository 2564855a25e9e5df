#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes: one question to the server of this pod. Waits: as many seconds as it is told.

# ask PATH SECONDS: prints the answer, and in a last line its code; 000 where there is none. The certificate is for the name
# that clients use, not for this address. The password goes to curl through a pipe.
ask() {
  local word=''
  {
    if [[ -n "${CREDENTIALS_DIR:-}" && "$1" != / ]]; then
      IFS= read -r word <"$CREDENTIALS_DIR/password" || [[ -n "$word" ]]
      word=${word//\\/\\\\}
      printf 'user = "%s:%s"\n' "$APP_USER" "${word//\"/\\\"}"
    fi
    printf 'url = "%s%s"\n' "$SERVER_URL" "$1"
  } | curl --config - --silent --insecure --noproxy '*' --max-time "$2" --write-out '\n%{http_code}' || true
}
