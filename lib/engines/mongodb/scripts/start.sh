#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, create or check the data, become the server.
# Waits: 120 s for the lock (volume.sh) and twice 120 s for a new database (initialize.sh), below the startup probe's budget.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=hello.sh
source "$HERE/hello.sh"
# shellcheck source-path=SCRIPTDIR source=run-files.sh
source "$HERE/run-files.sh"
# shellcheck source-path=SCRIPTDIR source=initialize.sh
source "$HERE/initialize.sh"

check_program() {
  local version result=0
  version=$(mongod --version) || result=$?
  # 128 + SIGILL.
  if ((result == 132)); then
    refuse "the processor of this node lacks what MongoDB is built for: AVX on x86-64, ARMv8.2-A on ARM. Use another node."
  fi
  if [[ ! "$version" =~ db\ version\ v([0-9]+)\.([0-9]+)\. || "${BASH_REMATCH[1]}.${BASH_REMATCH[2]}" != "$DB_MAJOR.0" ]]; then
    refuse "the image runs \"${version%%$'\n'*}\", declared is version $DB_MAJOR.0. Use an image of version $DB_MAJOR.0," \
      "or declare the image's version: what a newer one has opened, an older one never opens again."
  fi
}

# The mark beside the data: the newest major that has opened them. Data without it came from elsewhere, and the server itself
# refuses what it cannot open (exit code 62).
check_data() {
  local found
  if [[ ! -w "$DATA_DIR/WiredTiger" ]]; then
    refuse "$DATA_DIR belongs to uid $(stat -c %u "$DATA_DIR"), this container runs as uid $(id -u)." \
      "Run the container as the owner of the data, or change the owner of the files once."
  fi
  if [[ ! -e "$DATA_DIR.version" ]]; then
    say "the data have no mark of their version: the server decides whether it can open them"
    return
  fi
  found=$(<"$DATA_DIR.version")
  if [[ ! "$found" =~ ^[0-9]{1,4}$ ]]; then refuse "$DATA_DIR.version holds \"$found\", which is no version"; fi
  if ((found > DB_MAJOR)); then
    refuse "version $found has opened $DATA_DIR, this is version $DB_MAJOR: MongoDB has no way back." \
      "Go back to an image of version $found, or restore a backup of before."
  fi
  if ((found < DB_MAJOR - 1)); then
    refuse "version $found has opened $DATA_DIR last, this is version $DB_MAJOR: MongoDB goes up one major at a time." \
      "Run version $((found + 1)) first, and set its feature compatibility version."
  fi
  if ((found < DB_MAJOR)); then say "version $DB_MAJOR opens data of version $found from now on: there is no way back"; fi
}

mark_data() {
  printf '%s\n' "$DB_MAJOR" >"$DATA_DIR.version.new"
  sync -f "$DATA_DIR.version.new"
  mv -fT "$DATA_DIR.version.new" "$DATA_DIR.version"
}

main() {
  : "${VOLUME_DIR:?the root of the data volume}" "${DATA_DIR:?the folder of the data}" "${RUN_DIR:?a folder in memory}"
  : "${CONFIG_DIR:?the folder of mongod.conf}" "${DB_MAJOR:?the major version}" "${DATA_MUST_EXIST:?true or false}"
  : "${DB_PORT:?the port}" "${PROBE_TIMEOUT:?seconds}" "${TLS_REQUIRED:?true or false}"
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_volume
  check_program
  make_keyfile
  make_certificate
  if ! has_data "$DATA_DIR"; then
    refuse_unless_empty
    initialize
    mark_data
  fi
  check_data
  mark_data
  trap - TERM INT PIPE
  exec mongod --config "$CONFIG_DIR/mongod.conf" --oplogSize "$(<"$CONFIG_DIR/oplog-size")"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
