#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes: a four-letter command without a JVM. Waits: PROBE_TIMEOUT - 1 s for an answer.

# ask COMMAND: prints the answer. A write to a lost connection must not end this.
ask() {
  local line
  { exec 3<>"/dev/tcp/127.0.0.1/$PORT"; } 2>/dev/null || return 1
  trap '' PIPE
  printf '%s' "$1" >&3 2>/dev/null || return 1
  while IFS= read -r -t "$((PROBE_TIMEOUT - 1))" line <&3 || [[ -n "$line" ]]; do printf '%s\n' "$line"; done
  exec 3>&-
}
