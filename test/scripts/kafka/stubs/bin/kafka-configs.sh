#!/usr/bin/env bash
# Writes down how it was called and what is in the file that it was given; fails while $BATS_TEST_TMPDIR/broken is there.
set -eu
echo "${0##*/} $*" >>"$BATS_TEST_TMPDIR/calls"
if [[ "${*: -2:1}" == --add-config-file ]]; then
  stat -c %a "${*: -1}" >"$BATS_TEST_TMPDIR/mode"
  cat "${*: -1}" >>"$BATS_TEST_TMPDIR/login"
fi
if [[ -e "$BATS_TEST_TMPDIR/broken" ]]; then
  echo 'the broker said no' >&2
  exit 1
fi
