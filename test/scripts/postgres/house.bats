#!/usr/bin/env bats
# The rules of the house that no linter knows.

setup() { load common; }

@test "every script has the shebang, the flags, fewer than 101 lines, and is executable" {
  local script
  for script in "$SCRIPTS"/*.sh; do
    echo "$script"
    [ "$(sed -n 1p "$script")" = '#!/usr/bin/env bash' ]
    [ "$(sed -n 2p "$script")" = 'set -Eeuo pipefail' ]
    [ "$(wc -l <"$script")" -le 100 ]
    [ -x "$script" ]
  done
}

@test "every script with a main has the guard, word for word, and can be sourced" {
  local script
  for script in "$SCRIPTS"/*.sh; do
    echo "$script"
    if grep -q '^main()' "$script"; then
      # shellcheck disable=SC2016
      [ "$(tail -n 1 "$script")" = 'if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi' ]
    fi
    run bash -c 'source "$1" && echo sourced' - "$script"
    [ "$output" = sourced ]
  done
}

# The patterns of trivy KSV-0109 and KSV-01010 and of kubescape: they look at every line of a ConfigMap.
@test "no line looks like a secret to the checkers of manifests" {
  run grep -nEi '(pass|password|passwd|pwd|pw|secret|token|username|email|key|phone) *[=:]|md5|sha1[^0-9]' "$SCRIPTS"/*
  [ "$output" = "" ]
  run grep -nE '[a-zA-Z0-9_.-]+@[a-zA-Z0-9-]+\.[a-z]' "$SCRIPTS"/*
  [ "$output" = "" ]
}

@test "no script traces itself or evaluates text" {
  run grep -nE 'set -[a-zA-Z]*x|xtrace|\beval\b|sh -c' "$SCRIPTS"/*.sh
  [ "$output" = "" ]
}

@test "every script says what it waits for" {
  local script
  for script in "$SCRIPTS"/*.sh; do
    echo "$script"
    head -n 8 "$script" | grep -qE 'Waits'
  done
}
