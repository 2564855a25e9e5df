#!/usr/bin/env bash
set -Eeuo pipefail
# The container of a drill: begins a database with the backup that fetch.sh put on the ephemeral volume, by the server's own start
# script, and asks whether it is what its manifest says, passes the engine's own check, is young enough, and answers what the user
# wants it to answer. The last line is the result, as JSON. Waits: as long as it takes; the Job has a deadline.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=drill-result.sh
source "$HERE/drill-result.sh"

say() { printf 'drill.sh: %s\n' "$*" >&2; }

fail() {
  FAILED=$*
  say "FAILED: $*"
  exit 1
}

# A password of its own for each that the server wants; they die with the pod.
make_passwords() {
  local name
  for name in $PASSWORD_NAMES; do
    (umask 027 && head -c 24 /dev/urandom | base64 | tr -d '\n' >"$CREDENTIALS_DIR/$name")
  done
}

manifest_value() { sed -n "s/^  \"$1\": \"\(.*\)\",\$/\1/p" "$DRILL_DIR/manifest.json"; }

# A backup that is too old means that there are no newer ones, whatever the Jobs say.
check_age() {
  AGE=$(($(date -u +%s) - $(date -u -d "$(manifest_value started)" +%s)))
  if ((MAX_AGE > 0 && AGE > MAX_AGE)); then fail "the backup is $AGE s old, allowed are $MAX_AGE s"; fi
}

restore() {
  local begun=$SECONDS
  "$HERE/start.sh" >&2 &
  SERVER_PID=$!
  until server_answers; do
    kill -0 "$SERVER_PID" 2>/dev/null || fail "the server ended before it answered; the reason is above"
    sleep 1
  done
  RESTORED=$((SECONDS - begun))
  say "restored and answering after $RESTORED s"
}

# The entries of an object of JSON, a line each.
entries() { sed -e 's/^{ *//' -e 's/ *}$//' -e 's/, "/\n"/g' | LC_ALL=C sort; }

# Before anything is asked that may write. Everything that the manifest counts; what it leaves out is not looked at.
check_counts() {
  local wanted found
  wanted=$(sed -n 's/^  "counts": //p' "$DRILL_DIR/manifest.json")
  found=$(counted) || fail "what was restored cannot be counted"
  if [[ -n "$(comm -23 <(entries <<<"$wanted") <(entries <<<"$found"))" ]]; then
    say "in the manifest: $wanted"
    say "in the database: $found"
    fail "the database does not have what the manifest counts"
  fi
}

check_assertions() {
  local file
  for file in "$CONFIG_DIR"/assertion-*; do
    [[ -e "$file" ]] || continue
    assertion "$(<"$file")" || fail "not true: $(<"$file")"
    ASSERTED=$((ASSERTED + 1))
  done
}

main() {
  : "${VOLUME_DIR:?the root of the ephemeral volume}" "${CONFIG_DIR:?the folder of the assertions}" "${DRILL_DIR:?a folder in memory}"
  : "${MAX_AGE:?seconds, or 0}" "${CREDENTIALS_DIR:?the folder of the passwords}" "${MESSAGE_FILE:?where Kubernetes reads the result}"
  PASSWORD_NAMES=${PASSWORD_NAMES:-}
  # shellcheck disable=SC1091 # each engine has its own
  source "$HERE/check.sh"
  trap ended EXIT
  trap 'FAILED="stopped from outside, by the deadline of the Job or by somebody"; exit 143' TERM INT
  cp -- "$VOLUME_DIR/.restore/ready/manifest.json" "$DRILL_DIR/manifest.json"
  BACKUP_ID=$(manifest_value id)
  check_age
  make_passwords
  restore
  check_counts
  integrity || fail "the engine's own check found damage; see above"
  check_assertions
  RESULT=passed
  say "passed: backup $BACKUP_ID, $AGE s old"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
