#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes: one question to the server of this pod. Waits: as many seconds as it is told.

# sign_in USER FILE: who asks, as a line of curl's configuration, which reaches it through a pipe.
sign_in() {
  local word=''
  IFS= read -r word <"$2" || [[ -n "$word" ]] || return 1
  word=${word//\\/\\\\}
  printf 'user = "%s:%s"\n' "$1" "${word//\"/\\\"}"
}

# tell SECONDS: sends what the configuration on the standard input says, and prints the answer and, in a last line, its code;
# 000 where there is none. The certificate is for the name that clients use, not for this address.
tell() {
  curl --config - --silent --insecure --noproxy '*' --max-time "$1" --write-out '\n%{http_code}' || true
}

# ask PATH SECONDS: as the application's user, where there is one and the question needs it.
ask() {
  {
    if [[ -n "${CREDENTIALS_DIR:-}" && "$1" != / ]]; then sign_in "$APP_USER" "$CREDENTIALS_DIR/password" || true; fi
    printf 'url = "%s%s"\n' "$SERVER_URL" "$1"
  } | tell "$2"
}
