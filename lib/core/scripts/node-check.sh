#!/bin/sh
set -eu
# Init container: compares the node with what the server needs. One line per need in NODE_REQUIREMENTS:
# required or recommended | name | file | at-least, at-most or is | value | reason. Waits for nothing.

# The last line counts: a mount may hide another.
file_system() {
  type=''
  while read -r _ mount kind _; do
    if [ "$mount" = "$DATA_MOUNT" ]; then type=$kind; fi
  done </proc/mounts
  echo "$type"
}

# Prints what the node has; nothing where that cannot be known.
found() {
  case "$1" in
    'open files') sed -n 's/^Max open files  *[0-9a-z]*  *\([0-9a-z]*\) .*/\1/p' /proc/self/limits ;;
    'file system') file_system ;;
    # "always [madvise] never": the mode in force is the one in brackets.
    transparent_hugepage) sed -n 's/.*\[\(.*\)\].*/\1/p' "$2" 2>/dev/null || : ;;
    *) cat "$2" 2>/dev/null || : ;;
  esac
}

holds() {
  case "$2" in
    is) [ "$1" = "$3" ] ;;
    at-least) [ "$1" = unlimited ] || { [ "$1" != '' ] && [ "$1" -ge "$3" ]; } ;;
    at-most) [ "$1" != '' ] && [ "$1" -le "$3" ] ;;
    *) return 1 ;;
  esac
}

check() {
  has=$(found "$2" "$3")
  if holds "$has" "$4" "$5"; then
    echo "node-check.sh: $2 is $has"
    return
  fi
  case "$4" in is) comparison=exactly ;; at-least) comparison='at least' ;; *) comparison='at most' ;; esac
  if [ "$1" = required ]; then
    echo "node-check.sh: REFUSED: $2 is ${has:-unknown} on this node, but has to be $comparison $5, $6." \
      "Set it on the node, or see nodeTuning." >&2
    return 1
  fi
  echo "node-check.sh: WARNING: $2 is ${has:-unknown} on this node, and should be $comparison $5, $6." >&2
}

main() {
  : "${NODE_REQUIREMENTS:?what the server needs}" "${DATA_MOUNT:?where the data volume is mounted}"
  failed=0
  while IFS='|' read -r need name file comparison value reason; do
    check "$need" "$name" "$file" "$comparison" "$value" "$reason" || failed=1
  done <<END
$NODE_REQUIREMENTS
END
  return "$failed"
}

main
