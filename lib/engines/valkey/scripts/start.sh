#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, create or check the data, compose the users, become the server.
# Waits: 120 s for the lock (volume.sh), within the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/restore.sh
source "$HERE/restore.sh"
# shellcheck source-path=SCRIPTDIR source=data.sh
source "$HERE/data.sh"
# shellcheck source-path=SCRIPTDIR source=restore-rdb.sh
source "$HERE/restore-rdb.sh"
# shellcheck source-path=SCRIPTDIR source=users.sh
source "$HERE/users.sh"

check_program() {
  local version
  version=$("$SERVER" --version) || refuse "this image cannot run $SERVER"
  if [[ ! "$version" =~ ^([A-Za-z]+)\ server\ v=([0-9.]+) || "${BASH_REMATCH[1]}" != "$PRODUCT" ||
    "${BASH_REMATCH[2]}." != "$DB_VERSION".* ]]; then
    refuse "the image runs \"$version\", declared is $PRODUCT $DB_VERSION. Use an image of that version, or declare the image's."
  fi
}

prepare_data() {
  check_formats
  if has_log; then
    if [[ -e "$DATA_DIR/dump.rdb" ]]; then say "$DATA_DIR/dump.rdb is not read: the append-only file holds the data"; fi
  else
    refuse_unless_empty
    refuse_lost_restore
    if restore_pending; then
      check_backup
      BEGINNING=$(restore_folder)/dump.rdb
      say "loading backup $(restore_value id) of $(restore_value started)"
    elif [[ -e "$DATA_DIR/dump.rdb" ]]; then
      BEGINNING=$DATA_DIR/dump.rdb
      say "no append-only file: the database begins with $DATA_DIR/dump.rdb"
    else
      say "empty volume: creating a database in $DATA_DIR"
    fi
    initialize
  fi
  if [[ ! -w "$DATA_DIR" ]]; then
    refuse "$DATA_DIR belongs to uid $(stat -c %u "$DATA_DIR"), this container runs as uid $(id -u)." \
      "Run the container as the owner of the data, or change the owner of the files once."
  fi
  settle_restore
  # What a process that was killed in a rewrite has left; no server runs, the lock says so.
  rm -f -- "$DATA_DIR"/temp-*.rdb "$DATA_DIR"/temp-*.aof
}

main() {
  : "${SERVER:?the server}" "${CHECKER:?the checker of files}" "${PRODUCT:?the name that the server gives itself}"
  : "${DATA_DIR:?the folder of the data}" "${VOLUME_DIR:?the root of the data volume}" "${DB_VERSION:?the declared version}"
  : "${CONFIG_DIR:?the folder of server.conf}" "${CREDENTIALS_DIR:?the folder of the passwords}" "${ADMIN:?the administrator}"
  : "${RUN_DIR:?a folder in memory}" "${LOG_LAYOUT:?folder or file}" "${DATA_MUST_EXIST:?true or false}"
  : "${ENGINE:?the engine, as manifests of backups name it}" "${RESTORE:?true or false}"
  local users
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_volume
  check_program
  prepare_data
  make_admin
  users=$(compose_users) || refuse "the users cannot be composed; see above"
  write_users "$users" start
  rm -f "$RUN_DIR/server.pid"
  trap - TERM INT
  exec "$SERVER" "$CONFIG_DIR/server.conf"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
