#!/usr/bin/env bats
# retention.awk in the awks that images have; that it decides as Retention.removes does is shown by the unit tests.

setup() {
  load common
  IDS=(00000001-20260131T030000Z 00000002-20260201T030000Z 00000003-20260202T030000Z 00000004-20260202T150000Z 00000005-20260203T030000Z)
}

removed() { printf '%s\n' "${IDS[@]}" | "${AWK[@]}" -f "$SCRIPTS/retention.awk" -v daily="$1" -v weekly="$2" -v monthly="$3" -v yearly="$4" -v least="$5" | cut -c8 | tr -d '\n'; }

@test "tiers, in every awk of this machine" {
  for awk in 'busybox awk' mawk gawk; do
    read -ra AWK <<<"$awk"
    command -v "${AWK[0]}" >/dev/null || continue
    [ "$(removed 2 0 0 0 0)" = 321 ]
    # The 1st of February 2026 is a Sunday, the last day of its week.
    [ "$(removed 0 2 0 0 0)" = 431 ]
    [ "$(removed 0 0 2 0 0)" = 432 ]
    [ "$(removed 0 0 0 5 0)" = 4321 ]
    [ "$(removed 0 0 0 0 3)" = 21 ]
    [ "$(removed 1 0 2 0 2)" = 32 ]
    [ "$(removed 0 0 0 0 0)" = '' ]
  done
}
