#!/usr/bin/env bats
# The rules of the house that no linter knows.

setup() {
  LIB=$(cd -- "$BATS_TEST_DIRNAME/../../../lib" && pwd)
  SCRIPTS=("$LIB"/core/scripts/*.sh "$LIB"/backup/scripts/*.sh "$LIB"/engines/*/scripts/*.sh "$LIB"/engines/*/scripts/backup/*.sh)
  [ "${#SCRIPTS[@]}" -gt 10 ]
}

is_bash() { [ "$(sed -n 1p "$1")" = '#!/usr/bin/env bash' ]; }

@test "every script has the shebang, the flags, fewer than 101 lines, and is executable" {
  local script folder
  for script in "${SCRIPTS[@]}"; do
    echo "$script"
    if is_bash "$script"; then
      [ "$(sed -n 2p "$script")" = 'set -Eeuo pipefail' ]
    else
      [ "$(sed -n 1p "$script")" = '#!/bin/sh' ]
      [ "$(sed -n 2p "$script")" = 'set -eu' ]
    fi
    [ "$(wc -l <"$script")" -le 100 ]
    [ -x "$script" ]
  done
}

@test "every script of bash with a main has the guard, word for word, and can be sourced" {
  local script folder engine base each
  for script in "${SCRIPTS[@]}"; do
    echo "$script"
    is_bash "$script" || continue
    if grep -q '^main()' "$script"; then
      # shellcheck disable=SC2016
      [ "$(tail -n 1 "$script")" = 'if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi' ]
    fi
    # As in the pod: with the scripts that all engines share beside it, and a flavour with those of its base.
    engine=$(sed -n 's#.*/engines/\([a-z]*\)/.*#\1#p' <<<"$script")
    folder=$BATS_TEST_TMPDIR/${engine:-none}
    mkdir -p "$folder"
    base=$(sed -n "/\"flavours\"/s/.*\"$engine\": \"\([a-z]*\)\".*/\1/p" "$LIB/../test/architecture/rooms.json")
    for each in ${base:+"$LIB/engines/$base/scripts"} "$LIB/core/scripts" ${engine:+"$LIB/engines/$engine/scripts"} "$(dirname "$script")"; do
      if [ -d "$each" ]; then find "$each" -type f -exec cp -t "$folder" -- {} +; fi
    done
    run bash -c 'source "$1" && echo sourced' - "$folder/${script##*/}"
    [ "$output" = sourced ]
  done
}

# The patterns of trivy KSV-0109 and KSV-01010 and of kubescape: they look at every line of a ConfigMap.
@test "no line looks like a secret to the checkers of manifests" {
  run grep -nEi '(pass|password|passwd|pwd|pw|secret|token|username|email|key|phone) *[=:]|md5|sha1[^0-9]' "$LIB"/core/scripts/* "$LIB"/backup/scripts/* "$LIB"/engines/*/scripts/*.* "$LIB"/engines/*/scripts/backup/*
  [ "$output" = "" ]
  run grep -nE '[a-zA-Z0-9_.-]+@[a-zA-Z0-9-]+\.[a-z]' "$LIB"/core/scripts/* "$LIB"/backup/scripts/* "$LIB"/engines/*/scripts/*.* "$LIB"/engines/*/scripts/backup/*
  [ "$output" = "" ]
}

@test "no script traces itself or evaluates text" {
  run grep -nE 'set -[a-zA-Z]*x|xtrace|\beval\b|sh -c' "${SCRIPTS[@]}"
  [ "$output" = "" ]
}

@test "every script says what it waits for" {
  local script folder
  for script in "${SCRIPTS[@]}"; do
    echo "$script"
    head -n 8 "$script" | grep -qE 'Waits'
  done
}
