#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, create or check the data directory, become the server.
# Waits: 120 s for the lock (volume.sh); that plus the recovery must fit the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/restore.sh
source "$HERE/restore.sh"
# shellcheck source-path=SCRIPTDIR source=restore-dump.sh
source "$HERE/restore-dump.sh"
# shellcheck source-path=SCRIPTDIR source=initialize.sh
source "$HERE/initialize.sh"
# shellcheck source-path=SCRIPTDIR source=log-volume.sh
source "$HERE/log-volume.sh"

check_program() {
  local version
  version=$(postgres --version)
  if [[ ! "$version" =~ \(PostgreSQL\)\ ([0-9]+) || "${BASH_REMATCH[1]}" != "$DB_MAJOR" ]]; then
    refuse "the image runs \"$version\", declared is version $DB_MAJOR. Use an image of version $DB_MAJOR," \
      "or declare the image's version and follow the upgrade guide: data of another major cannot be opened."
  fi
}

check_data() {
  local found
  found=$(<"$PGDATA/PG_VERSION")
  if [[ "$found" != "$DB_MAJOR" ]]; then
    refuse "$PGDATA holds data of version $found, this is version $DB_MAJOR. Go back to an image of version $found."
  fi
  # fsGroup makes the directory writable for the group, and PostgreSQL refuses such a directory.
  chmod 0700 "$PGDATA" || refuse "$PGDATA belongs to uid $(stat -c %u "$PGDATA"), this container runs as uid $(id -u)." \
    "Run the container as the owner of the data, or change the owner of the files once."
}

main() {
  : "${PGDATA:?the data directory}" "${VOLUME_DIR:?the root of the data volume}"
  : "${CONFIG_DIR:?the folder of postgresql.conf}" "${DB_MAJOR:?the major version}" "${DATA_MUST_EXIST:?true or false}" "${RESTORE:?true or false}"
  : "${LOCALE:?the locale of a new database}" "${LOCALE_PROVIDER:?builtin, icu or libc}" "${ENGINE:?the engine, as manifests of backups name it}"
  WAL_DIR=${WAL_DIR:-}
  DB_SUPERUSER=${DB_SUPERUSER:-postgres}
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_volume
  check_program
  if [[ ! -e "$PGDATA/PG_VERSION" ]]; then
    refuse_unless_empty
    refuse_lost_restore
    initialize
  fi
  check_data
  settle_restore
  say "the database was left as: $(pg_controldata "$PGDATA" | sed -n 's/^Database cluster state: *//p')"
  settle_log
  trap - TERM INT
  exec postgres -D "$PGDATA" -c config_file="$CONFIG_DIR/postgresql.conf"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
