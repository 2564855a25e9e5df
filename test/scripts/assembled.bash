# shellcheck shell=bash
# Loaded by the common.bash of every engine: its scripts as they lie in the pod, with those that all engines share.

# assembled ENGINE...: prints the folder, which is made once in a run, and whole: files of tests may run at the same time. Of
# two scripts of one name, that of the later engine counts: a flavour's comes after its base's.
assembled() {
  local IFS=-
  local folder=$BATS_RUN_TMPDIR/scripts-$* engine lib work
  lib=$(cd -- "$BATS_TEST_DIRNAME/../../../lib" && pwd)
  if [[ ! -d "$folder" ]]; then
    work=$(mktemp -d "$folder.XXXXXX")
    cp -p -- "$lib"/core/scripts/* "$work"
    for engine in "$@"; do cp -p -- "$lib/engines/$engine"/scripts/* "$work"; done
    # Real servers run as another user.
    chmod a+rx "$BATS_RUN_TMPDIR" "$work"
    mv -T "$work" "$folder" 2>/dev/null || rm -rf "$work"
  fi
  printf '%s' "$folder"
}
