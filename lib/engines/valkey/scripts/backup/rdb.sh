#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh and check.sh: what the image's checker has said of a snapshot, and how keys are counted, so that what was
# dumped and what was restored can be compared. Waits for nothing.
#
# Counted are the keys of each logical database that never expire. Of the others some are gone at every later look.

BYTES=() AT=0 LENGTH=0

# said REPORT PATTERN: what stands in its group, of the last line that it fits.
said() { sed -n "s/^$2\$/\1/p" "$1" | tail -n 1; }

# sound REPORT: prints where the snapshot ends, if the checker has read it to its end and found its sum right.
sound() {
  local ends
  ends=$(said "$1" '\[offset \([0-9]*\)\] \\o\/ RDB looks OK! \\o\/.*') || return 1
  [[ -n "$ends" && "$(said "$1" '\[offset \([0-9]*\)\] Checksum OK')" == "$ends" ]] || return 1
  printf '%s' "$ends"
}

# A number as snapshots have them: of 6 or 14 bits behind the two that say so, or of 4 or 8 bytes behind one.
read_length() {
  local first=${BYTES[AT]} width=0
  AT=$((AT + 1))
  case $((first >> 6)) in
    0) LENGTH=$((first & 63)) ;;
    1) LENGTH=$((first & 63)) width=1 ;;
    *) LENGTH=0 width=$((first == 129 ? 8 : 4)) ;;
  esac
  while ((width > 0)); do
    LENGTH=$((LENGTH << 8 | BYTES[AT])) AT=$((AT + 1)) width=$((width - 1))
  done
}

# sizes FILE REPORT: a line for each database, of its name, its keys, and those of them that expire. They stand, behind the
# byte 251, where the checker says that the database begins.
sizes() {
  local place number keys
  while read -r place number; do
    read -ra BYTES -d '' < <(od -An -v -tu1 -j "$place" -N 19 -- "$1") || true
    [[ "${BYTES[0]:-}" == 251 ]] || return 1
    AT=1
    read_length
    keys=$LENGTH
    read_length
    printf 'db%s %s %s\n' "$number" "$keys" "$LENGTH"
  done < <(sed -n 's/^\[offset \([0-9]*\)\] Selecting DB ID \([0-9]*\)$/\1 \2/p' "$2")
}

# Of such lines, from the standard input: one object of JSON. A database of which every key expires may be gone.
counts_json() {
  local name keys expires separator=''
  printf '{'
  while read -r name keys expires; do
    if ((keys == expires)); then continue; fi
    printf '%s "%s": %s' "$separator" "$name" $((keys - expires))
    separator=,
  done
  printf ' }'
}
