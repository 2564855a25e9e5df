#!/usr/bin/env bash
set -Eeuo pipefail
# Liveness probe: fails only when nobody answers and nobody works. One thread runs all commands, so that a long one keeps every
# other waiting: a silent server that uses the processor or waits for the disk is busy, not dead.
# Waits: one PING, PROBE_TIMEOUT s, below the probe's own limit.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=session.sh
source "$HERE/session.sh"

# Prints the state of the server's main thread and the processor time that all of its threads have used.
activity() {
  local pid stat fields
  pid=$(<"$RUN_DIR/server.pid") || return 1
  [[ "$pid" =~ ^[0-9]+$ ]] || return 1
  stat=$(<"/proc/$pid/stat")
  read -ra fields <<<"${stat##*) }"
  echo "${fields[0]} $((fields[11] + fields[12]))"
}

main() {
  : "${RUN_DIR:?the folder of the socket}" "${CLIENT:?the client}" "${PROBE_TIMEOUT:?timeoutSeconds of the probe, 3 or more}"
  local before now answer
  before=$(activity 2>/dev/null) || before=unknown
  if answer=$(knock "$PROBE_TIMEOUT"); then
    echo "alive: $answer"
    return
  fi
  now=$(activity 2>/dev/null) || now=gone
  if [[ "$now" == D* || ("$now" != gone && "$before" != unknown && "${now#* }" != "${before#* }") ]]; then
    echo "alive: silent for $PROBE_TIMEOUT s, and at work ($before, then $now)"
    return
  fi
  echo "dead: no answer in $RUN_DIR within $PROBE_TIMEOUT s ($answer), and nothing done ($before, then $now)" >&2
  exit 1
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
