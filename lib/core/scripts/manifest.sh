#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: what makes a backup of what was dumped, as JSON with one name a line, so that a shell reads it too. Waits
# for nothing.

# shellcheck source-path=SCRIPTDIR source=json.sh
source "$(dirname -- "${BASH_SOURCE[0]:-$0}")/json.sh"

moment() { date -u +%Y-%m-%dT%H:%M:%SZ; }

files_json() {
  local sum name separator=''
  while read -r sum name; do
    name=${name#\*}
    printf '%s\n    { "name": "%s", "bytes": %s, "sha256": "%s" }' "$separator" "$(escaped "$name")" "$(stat -c %s -- "$WORK/data/$name")" "$sum"
    separator=,
  done <"$WORK/SHA256SUMS"
}

# One key a line, so that a shell reads it too. `counts` comes from the server, as one line of JSON.
manifest() {
  printf '{\n'
  printf '  "format": 1,\n  "id": "%s",\n  "engine": "%s",\n  "method": "%s",\n  "database": "%s",\n' "$(<"$WORK/id")" "$ENGINE" "$METHOD" "$(escaped "$DATABASE")"
  printf '  "server": "%s",\n  "position": "%s",\n' "$(escaped "$SERVER_VERSION")" "$(escaped "$POSITION")"
  printf '  "started": "%s",\n  "finished": "%s",\n  "objects": %s,\n  "rows": %s,\n' "$STARTED" "$(moment)" "$OBJECTS" "${ROWS:-null}"
  printf '  "bytes": %s,\n  "files": [%s\n  ],\n' "$(total)" "$(files_json)"
  printf '  "counts": %s\n}\n' "$(if [[ -s "$WORK/counts.json" ]]; then cat -- "$WORK/counts.json"; else printf '{}'; fi)"
}
