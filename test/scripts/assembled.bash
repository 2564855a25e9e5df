# shellcheck shell=bash
# Loaded by the common.bash of every engine: its scripts as they lie in the pod, with those that all engines share.

# assembled ENGINE: prints the folder, which is made once in a run.
assembled() {
  local folder=$BATS_RUN_TMPDIR/scripts-$1 lib
  lib=$(cd -- "$BATS_TEST_DIRNAME/../../../lib" && pwd)
  if [[ ! -e "$folder/.complete" ]]; then
    mkdir -p "$folder"
    cp -p -- "$lib"/core/scripts/* "$lib/engines/$1"/scripts/* "$folder"
    # Real servers run as another user.
    chmod a+rx "$BATS_RUN_TMPDIR" "$folder"
    touch "$folder/.complete"
  fi
  printf '%s' "$folder"
}
