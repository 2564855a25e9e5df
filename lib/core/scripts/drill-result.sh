#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by drill.sh: how a drill ends. Waits for the end of the server, within the grace period of the pod.

# shellcheck source-path=SCRIPTDIR source=json.sh
source "$(dirname -- "${BASH_SOURCE[0]:-$0}")/json.sh"
SERVER_PID='' FAILED='' RESULT=failed BACKUP_ID='' AGE=-1 RESTORED=-1 ASSERTED=0

# For whoever reads the log, and, as the message of the container, whoever asks Kubernetes.
result() {
  local line
  line=$(printf '{"result":"%s","backup":"%s","ageSeconds":%s,"restoreSeconds":%s,"assertions":%s,"reason":"%s"}' \
    "$RESULT" "$BACKUP_ID" "$AGE" "$RESTORED" "$ASSERTED" "$(escaped "$FAILED")")
  printf '%s\n' "$line"
  printf '%s\n' "$line" 2>/dev/null >"$MESSAGE_FILE" || true
}

ended() {
  local status=$?
  trap - EXIT TERM INT
  if ((status != 0)) && [[ -z "$FAILED" ]]; then FAILED="see the lines above (exit code $status)"; fi
  if [[ -n "$SERVER_PID" ]]; then
    kill -s TERM "$SERVER_PID" 2>/dev/null || true
    wait "$SERVER_PID" 2>/dev/null || true
  fi
  result
  exit "$status"
}
