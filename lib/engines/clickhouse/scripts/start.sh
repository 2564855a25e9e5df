#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, check or make the data folder, compose the users, become the server.
# Waits: 120 s for the lock (volume.sh); that plus the loading of the parts must fit the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=users.sh
source "$HERE/users.sh"
# shellcheck source-path=SCRIPTDIR source=compose.sh
source "$HERE/compose.sh"
VERSION_FILE=.stateful-version

check_program() {
  local version
  version=$(clickhouse server --version)
  if [[ ! "$version" =~ version\ ([0-9]+\.[0-9]+)\. || "${BASH_REMATCH[1]}" != "$DB_SERIES" ]]; then
    refuse "the image runs \"$version\", declared is $DB_SERIES. Use an image of $DB_SERIES, or declare the image's version."
  fi
}

# Year and month of two releases, as whole numbers.
newer() {
  local one=$((10#${1%%.*} * 100 + 10#${1#*.})) other=$((10#${2%%.*} * 100 + 10#${2#*.}))
  ((one > other))
}

check_data() {
  local found=''
  if [[ -r "$DATA_DIR/$VERSION_FILE" ]]; then found=$(<"$DATA_DIR/$VERSION_FILE"); fi
  if [[ ! "$found" =~ ^[0-9]+\.[0-9]+$ ]]; then
    refuse "$DATA_DIR exists, and its $VERSION_FILE names no version: files of something else, or data that were moved here." \
      "Nothing was changed. If it is ClickHouse's, write the version that used it last into that file, such as $DB_SERIES."
  fi
  if newer "$found" "$DB_SERIES"; then
    refuse "$DATA_DIR holds data of $found, this is $DB_SERIES, which may not read it. Go back to an image of $found."
  fi
}

refuse_data_elsewhere() {
  local name
  for name in data metadata store; do
    if [[ -e "$VOLUME_DIR/$name" ]]; then
      refuse "$VOLUME_DIR/$name is data of ClickHouse at the root of the volume; here it is in $DATA_DIR. Move it there, or" \
        "restore a backup; an empty database is not started beside it."
    fi
  done
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no database in $DATA_DIR, but existing data was declared. A wrong or an empty volume is" \
      "mounted; an empty database is not started in its place."
  fi
}

write_version() {
  printf '%s\n' "$DB_SERIES" >"$1/$VERSION_FILE.new"
  mv -T "$1/$VERSION_FILE.new" "$1/$VERSION_FILE"
  sync -f "$1"
}

# The folder appears by one rename, with its version in it; the server fills it by itself.
make_data() {
  say "empty volume: making $DATA_DIR for version $DB_SERIES"
  rm -rf "$DATA_DIR.initializing"
  mkdir -p "$DATA_DIR.initializing"
  write_version "$DATA_DIR.initializing"
  mv -T "$DATA_DIR.initializing" "$DATA_DIR"
  sync -f "$VOLUME_DIR"
}

main() {
  : "${VOLUME_DIR:?the root of the volume}" "${DATA_DIR:?the data}" "${DB_SERIES:?the declared version}"
  : "${CONFIG_DIR:?the folder of config.xml}" "${RUN_DIR:?a folder in memory}" "${DATA_MUST_EXIST:?true or false}"
  : "${APP_USER:?the user}" "${APP_PASSWORD_FILE:?the file}" "${CLIENT_PORT:?the port}" "${CLIENT_TLS:?true or false}"
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT
  lock_volume
  check_program
  if [[ ! -e "$DATA_DIR" ]]; then
    refuse_data_elsewhere
    make_data
  fi
  check_data
  write_version "$DATA_DIR"
  compose
  trap - TERM INT
  exec clickhouse server --config-file="$CONFIG_DIR/config.xml"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
