#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes, reconcile.sh and admin.sh: commands to the server. Waits: what the caller gives as the first argument.

# ask SECONDS CLIENT_OPTIONS...: sends the lines of stdin, as the local administrator, and prints the answers after the one
# to the login. The password goes through a pipe: in an argument or a variable everybody in the pod could read it.
ask() {
  local seconds=$1 login
  shift
  login=$(<"$RUN_DIR/admin") || return 1
  { printf 'AUTH %s %s\n' "$ADMIN" "$login" && cat; } | timeout --kill-after=1 "$seconds" "$CLIENT" "$@" | {
    read -r login || return 1
    if [[ "$login" != OK ]]; then
      printf '%s\n' "$login"
      return 1
    fi
    cat
  }
}

# The same over the socket, which needs no certificate and no port.
ask_locally() { ask "$1" -s "$RUN_DIR/server.sock"; }

# Without a login the server answers only that there has to be one, or that it loads: enough to know that it is there. The
# client itself ends well also where it could not connect.
knock() {
  local answer
  answer=$(printf 'PING\n' | timeout --kill-after=1 "$1" "$CLIENT" -s "$RUN_DIR/server.sock" 2>&1) || answer="no answer: $answer"
  printf '%s' "${answer%%$'\n'*}"
  [[ "$answer" =~ ^(PONG|NOAUTH|LOADING|BUSY|ERR)([[:space:]]|$) ]]
}
