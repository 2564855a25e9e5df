#!/usr/bin/env bats
# The scripts that look at the node, and set it where the user asked for it.
# shellcheck disable=SC2030,SC2031 # each test sets its own
bats_require_minimum_version 1.5.0

setup() {
  SCRIPTS=$(cd -- "$BATS_TEST_DIRNAME/../../../lib/core/scripts" && pwd)
  export DATA_MOUNT=/proc
  echo 65530 >"$BATS_TEST_TMPDIR/maps"
  echo 'always [madvise] never' >"$BATS_TEST_TMPDIR/pages"
}

# need COMPARISON VALUE [required|recommended]
need() { export NODE_REQUIREMENTS="${3:-required}|vm.max_map_count|$BATS_TEST_TMPDIR/maps|$1|$2|or it runs out of maps"; }

@test "what is as it has to be is said, and passes" {
  for pair in 'at-least 65530' 'at-least 1' 'at-most 65530' 'is 65530'; do
    # shellcheck disable=SC2086 # two words
    need $pair
    run -0 "$SCRIPTS/node-check.sh"
    [ "$output" = 'node-check.sh: vm.max_map_count is 65530' ]
  done
}

@test "what is missing and required stops the pod, and says what to do" {
  for pair in 'at-least 65531' 'at-most 65529' 'is 1'; do
    # shellcheck disable=SC2086 # two words
    need $pair
    run -1 "$SCRIPTS/node-check.sh"
    [[ "$output" == 'node-check.sh: REFUSED: vm.max_map_count is 65530 on this node, but has to be '*', or it runs out of maps. Set it on the node, or see nodeTuning.' ]]
  done
}

@test "what is missing and recommended is a warning" {
  need at-least 262144 recommended
  run -0 "$SCRIPTS/node-check.sh"
  [ "$output" = 'node-check.sh: WARNING: vm.max_map_count is 65530 on this node, and should be at least 262144, or it runs out of maps.' ]
}

@test "every need is looked at, also after one that fails" {
  need at-least 262144
  NODE_REQUIREMENTS+=$'\n'"required|transparent_hugepage|$BATS_TEST_TMPDIR/pages|is|never|or it stalls"
  run -1 "$SCRIPTS/node-check.sh"
  [ "${#lines[@]}" = 2 ]
  [[ "${lines[1]}" == *'transparent_hugepage is madvise'* ]]
}

@test "what cannot be known is no success" {
  need at-least 1
  rm "$BATS_TEST_TMPDIR/maps"
  run -1 "$SCRIPTS/node-check.sh"
  [[ "$output" == *'vm.max_map_count is unknown'* ]]
}

@test "open files and the file system are those of this pod" {
  export NODE_REQUIREMENTS=$'required|open files||at-least|1|or x\nrequired|file system||is|proc|or y'
  run -0 "$SCRIPTS/node-check.sh"
  [ "${lines[1]}" = 'node-check.sh: file system is proc' ]
  export NODE_REQUIREMENTS=$'required|open files||at-least|999999999999|or x\nrequired|file system||is|xfs|or y'
  run -1 "$SCRIPTS/node-check.sh"
  [[ "${lines[1]}" == *'file system is proc on this node, but has to be exactly xfs'* ]]
}

@test "the setup writes what is missing, once, and leaves alone what is better" {
  need at-least 262144
  run -0 "$SCRIPTS/node-setup.sh"
  [ "$output" = 'node-setup.sh: vm.max_map_count was 65530, and is 262144 from now on, for every pod of this node' ]
  [ "$(cat "$BATS_TEST_TMPDIR/maps")" = 262144 ]
  run -0 "$SCRIPTS/node-setup.sh"
  [ "$output" = '' ]
  need at-least 1
  run -0 "$SCRIPTS/node-setup.sh"
  [ "$(cat "$BATS_TEST_TMPDIR/maps")" = 262144 ]
  need at-most 10
  run -0 "$SCRIPTS/node-setup.sh"
  [ "$(cat "$BATS_TEST_TMPDIR/maps")" = 10 ]
}

@test "the setup reads the mode in brackets, and passes over what nothing can set" {
  export NODE_REQUIREMENTS="recommended|transparent_hugepage|$BATS_TEST_TMPDIR/pages|is|madvise|or x"$'\n''required|open files||at-least|999999999999|or x'
  run -0 "$SCRIPTS/node-setup.sh"
  [ "$output" = '' ]
}
