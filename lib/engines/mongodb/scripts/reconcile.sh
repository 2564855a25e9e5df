#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: makes the replica set and the users, and keeps them as declared.json and the Secret say. It looks at the files and
# starts mongosh only when one of them, or the server, is another than before. Runs until SIGTERM.
# Waits: per mongosh 120 s, between two rounds RECONCILE_INTERVAL; ends within 1 s of SIGTERM.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
WORKER='' DONE='' SAID='' SAID_AT=-60
# shellcheck source-path=SCRIPTDIR source=hello.sh
source "$HERE/hello.sh"
# shellcheck source-path=SCRIPTDIR source=run-files.sh
source "$HERE/run-files.sh"

say() { printf 'reconcile.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again in every round.
complain() {
  if [[ "$1" == "$SAID" ]] && ((SECONDS - SAID_AT < 60)); then return; fi
  SAID=$1 SAID_AT=$SECONDS
  say "$1" >&2
}

# One hash of all that counts. Every start of the server makes another key file, so that a restart is seen as well.
fingerprint() {
  local tls=()
  if [[ -n "$TLS_DIR" ]]; then tls=("$TLS_DIR/tls.crt" "$TLS_DIR/tls.key"); fi
  cat -- "$RUN_DIR/keyfile" "$CONFIG_DIR/declared.json" "$CONFIG_DIR/oplog-size" "$CREDENTIALS_DIR"/* "${tls[@]}" 2>&1 \
    | sha256sum
}

# mongosh writes a log of its own into its home, which lies in memory and ends with it.
apply() {
  local home="$RUN_DIR/home" result=0 output
  rm -rf "$home"
  mkdir -p "$home"
  output=$(HOME=$home MEMBER_HOST=$1 timeout --kill-after=5 120 \
    mongosh --nodb --quiet --norc "$HERE/reconcile.mongodb" </dev/null 2>&1) || result=$?
  rm -rf "$home"
  if ((result != 0)); then
    complain "FAILED ($result): $output"
    return 1
  fi
  say "$output"
}

round() {
  local seen host
  if ! hello "$DB_PORT"; then
    complain "waiting for the server on port $DB_PORT"
    return 0
  fi
  if ! seen=$(fingerprint); then
    complain "waiting for files: a key of the Secret is missing, or the server has not made its key file yet"
    return 0
  fi
  if [[ "$seen" == "$DONE" ]]; then return 0; fi
  # The kubelet writes the pod's full name into /etc/hosts, so that it is known before any DNS knows it.
  host=$(hostname -f) || host=''
  if [[ "$host" != *.* ]]; then
    complain "the pod has no full name (hostname -f says \"$host\"), and a member needs one that survives its address"
    return 0
  fi
  make_certificate
  if ! apply "$host"; then return 0; fi
  touch "$READY_MARK"
  DONE=$seen SAID=''
}

main() {
  : "${CONFIG_DIR:?the folder of declared.json}" "${CREDENTIALS_DIR:?the folder of the credentials}" "${DB_PORT:?the port}"
  : "${READY_MARK:?the file that ready.sh wants}" "${RECONCILE_INTERVAL:?seconds between two rounds}" "${SET_NAME:?of the set}"
  : "${RUN_DIR:?a folder in memory}" "${PROBE_TIMEOUT:?seconds}" "${TLS_REQUIRED:?true or false}"
  TLS_DIR=${TLS_DIR:-}
  export TLS_DIR
  umask 077
  # The work is in a process group of its own, so that this process is free to hear SIGTERM and to end all of it at once.
  trap 'kill -s KILL -- "-$WORKER" 2>/dev/null || true; exit 0' TERM INT
  set -m
  while round; do sleep "$RECONCILE_INTERVAL"; done </dev/null &
  WORKER=$!
  wait "$WORKER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
