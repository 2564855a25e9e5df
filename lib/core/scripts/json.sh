#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by what writes JSON. Waits for nothing.

# A text as it stands between quotes in JSON; a line feed becomes a space, and other control characters do not come here.
escaped() {
  local text=${1//\\/\\\\}
  text=${text//[$'\n\t']/ }
  printf '%s' "${text//\"/\\\"}"
}

# The sum of the sizes of all files.
total() {
  local size sum=0
  while read -r size; do sum=$((sum + size)); done < <(stat -c %s -- "$WORK"/data/*)
  printf '%s' "$sum"
}

# The sum of the numbers of an object like { "a": 1, "b" : 2 }, which is read from the standard input.
sum_of_counts() {
  local number sum=0
  while read -r number; do sum=$((sum + number)); done < <(grep -oE '" ?: ?[0-9]+( ?[,}]|$)' | grep -oE '[0-9]+')
  printf '%s' "$sum"
}
