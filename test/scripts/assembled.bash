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
    find "$lib/core/scripts" "$lib/backup/scripts" -maxdepth 1 -type f -exec cp -p -t "$work" -- {} +
    # The scripts of a backup's pod beside those of the server's: their names differ.
    for engine in "$@"; do find "$lib/engines/$engine/scripts" -type f -exec cp -p -t "$work" -- {} +; done
    # Real servers run as another user.
    chmod a+rx "$BATS_RUN_TMPDIR" "$work"
    mv -T "$work" "$folder" 2>/dev/null || rm -rf "$work"
  fi
  printf '%s' "$folder"
}

# Runs the command every 0.1 s until it succeeds, at most $1 seconds, or three times that where the machine is busy.
eventually() {
  local tenths=$(($1 * 30))
  shift
  until "$@"; do
    tenths=$((tenths - 1))
    if ((tenths <= 0)); then
      echo "never true: $*" >&2
      return 1
    fi
    sleep 0.1
  done
}

# The text is in the file.
says() { grep -qF -- "$2" "$1" 2>/dev/null; }

# A zombie is gone too: where nobody collects orphans, a killed process stays as one.
gone() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status"; }
