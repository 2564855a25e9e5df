#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes: questions to the pod's own ports without a JVM. Waits: PROBE_TIMEOUT - 1 s for an answer.

# connects PORT: somebody listens.
connects() {
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null
}

# answers PORT: Kafka's protocol is spoken there. The request is ApiVersions (18) in its oldest form, which every listener
# without TLS takes; an answer begins with its length, whose first byte is 0. A write to a lost connection must not end this.
answers() {
  connects "$1" || return 1
  trap '' PIPE
  printf '\0\0\0\014\0\022\0\0\0\0\0\001\0\002rp' >&3 2>/dev/null || return 1
  IFS= read -r -t "$((PROBE_TIMEOUT - 1))" -d '' _ <&3 || return 1
  exec 3>&-
}
