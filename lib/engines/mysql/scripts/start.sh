#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, create or check the data, become the server.
# Waits: 120 s for the lock (volume.sh), 120 s for the private server; that plus the recovery must fit the startup probe. A
# restore takes as long as it takes.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/restore.sh
source "$HERE/restore.sh"
# shellcheck source-path=SCRIPTDIR source=product.sh
source "$HERE/product.sh"
# shellcheck source-path=SCRIPTDIR source=restore-dump.sh
source "$HERE/restore-dump.sh"
# shellcheck source-path=SCRIPTDIR source=initialize.sh
source "$HERE/initialize.sh"

check_program() {
  local version
  version=$("$SERVER" --version) || refuse "the image has no $SERVER that runs; declared is $PRODUCT $DB_SERIES."
  if [[ ! "$version" =~ Ver\ ([0-9]+\.[0-9]+)\.([0-9]+) || "${BASH_REMATCH[1]}" != "$DB_SERIES" ]] || ! is_own_program "$version"; then
    refuse "the image runs \"$version\", declared is $PRODUCT $DB_SERIES. Use an image of that series, or declare the image's."
  fi
  PROGRAM_VERSION=$DB_SERIES.${BASH_REMATCH[2]}
}

# Whether the version $1 is newer than $2; each part counts as a number.
is_newer() {
  local one two part
  IFS=. read -ra one <<<"$1"
  IFS=. read -ra two <<<"$2"
  for part in 0 1; do
    if ((${one[part]:-0} != ${two[part]:-0})); then
      ((${one[part]:-0} > ${two[part]:-0}))
      return
    fi
  done
  return 1
}

check_data() {
  local found
  is_own_data "$DATA_DIR" || refuse "the data in $DATA_DIR are not $PRODUCT's. The two products cannot read each other's files." \
    "Use the product of the data, or move the data with a dump."
  found=$(data_version "$DATA_DIR")
  if [[ -n "$found" ]] && is_newer "$found" "$PROGRAM_VERSION"; then
    refuse "$DATA_DIR holds data of $PRODUCT $found, this is $PROGRAM_VERSION: newer data cannot be opened." \
      "Go back to an image of version $found."
  fi
  # fsGroup makes the folder writable for the group.
  chmod 0700 "$DATA_DIR" || refuse "$DATA_DIR belongs to uid $(stat -c %u "$DATA_DIR"), this container runs as uid $(id -u)." \
    "Run the container as the owner of the data, or change the owner of the files once."
  say "the data are of version ${found:-unknown}, the program is of version $PROGRAM_VERSION"
  upgrade_data "${found:-$PROGRAM_VERSION}"
}

main() {
  : "${DATA_DIR:?the data directory}" "${VOLUME_DIR:?the root of the data volume}" "${CONFIG_DIR:?the folder of my.cnf}"
  : "${DB_SERIES:?the series, such as 11.8}" "${DATA_MUST_EXIST:?true or false}" "${TMP_DIR:?the folder of temporary files}"
  : "${SOCKET:?the socket of the server}" "${PRIVATE_SOCKET:?the socket of the server that nobody else reaches}"
  : "${ENGINE:?the engine, as manifests of backups name it}" "${RESTORE:?true or false}"
  local options=("--defaults-file=$CONFIG_DIR/my.cnf")
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; end_private_server; exit 143' TERM INT

  # Slim images lack flock; the running server locks its own files in any case.
  if command -v flock >/dev/null; then lock_volume; fi
  # What a killed server left: its lock names a number that another process may have by now, and no server would start.
  rm -f -- "$SOCKET" "$SOCKET.lock" "$PRIVATE_SOCKET" "$PRIVATE_SOCKET.lock"
  check_program
  if [[ ! -e "$DATA_DIR/ibdata1" ]]; then
    refuse_unless_empty
    refuse_lost_restore
    initialize
  fi
  check_data
  settle_restore
  rm -rf "$TMP_DIR"
  mkdir -p "$TMP_DIR"
  # Not in my.cnf, where checkers of manifests take the path for a secret.
  if [[ -n "${TLS_DIR:-}" ]]; then options+=(--ssl-cert "$TLS_DIR/tls.crt" --ssl-key "$TLS_DIR/tls.key"); fi
  trap - TERM INT
  exec "$SERVER" "${options[@]}"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
