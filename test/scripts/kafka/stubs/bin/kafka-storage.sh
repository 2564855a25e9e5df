#!/usr/bin/env bash
# Formats as the tool does, or ends half-way: $BATS_TEST_TMPDIR/break holds "before" or "after".
set -eu
printf '%s\n' "$@" >"$BATS_TEST_TMPDIR/format.arguments"
broken=''
if [[ -e "$BATS_TEST_TMPDIR/break" ]]; then broken=$(<"$BATS_TEST_TMPDIR/break"); fi
mkdir "$LOG_FOLDER"
touch "$LOG_FOLDER/bootstrap.checkpoint"
if [[ "$broken" == before ]]; then exit 1; fi
while [[ "$1" != --cluster-id ]]; do shift; done
printf 'node.id=1\ndirectory.id=x\nversion=1\ncluster.id=%s\n' "$2" >"$LOG_FOLDER/meta.properties"
if [[ "$broken" == after ]]; then
  kill -s KILL "$PPID"
  exit 1
fi
