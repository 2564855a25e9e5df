#!/bin/sh
set -eu
# PID 1 of the server's container: locks the volume, makes or checks the data folder, puts the users in memory, becomes the server.
# Waits: 120 s for the lock (volume.sh); that plus the recovery must fit the budget of the startup probe.

HERE=$(dirname -- "$0")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
. "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=users.sh
. "$HERE/users.sh"

# The second number of a version; the first one is always the same.
minor() {
  rest=${1#*.}
  echo "${rest%%.*}"
}

check_program() {
  answer=$(nats-server --version)
  VERSION=${answer##* v}
  case "$VERSION" in
    "$DB_SERIES".[0-9]*) ;;
    *) refuse "the image runs \"$answer\", declared is version $DB_SERIES. Use an image of version $DB_SERIES, or declare the image's." ;;
  esac
}

# The server makes a folder "jetstream" wherever it is told to have its data. Found elsewhere below the volume, it means: this is
# not the volume or the path that was meant.
refuse_unless_empty() {
  for other in "$VOLUME_DIR"/jetstream "$VOLUME_DIR"/*/jetstream "$VOLUME_DIR"/*/*/jetstream; do
    if [ -d "$other" ]; then
      refuse "data found in $other; this server has its data in $DATA_DIR/jetstream. Move the folder there once, while nothing" \
        "runs; an empty server is not started beside it."
    fi
  done
  if [ -e "$DATA_DIR" ] && [ ! -e "$DATA_DIR/.version" ] && [ "$(ls -A "$DATA_DIR")" != '' ]; then
    refuse "$DATA_DIR is not empty and has no folder jetstream: files of something else. Nothing was changed."
  fi
  if [ "$DATA_MUST_EXIST" != false ]; then
    refuse "the volume holds no data in $DATA_DIR/jetstream, but existing data was declared: a wrong or an empty volume is mounted."
  fi
}

# An older release may not know the files of a newer one, and would go on without the streams that it can't read.
check_data() {
  if [ ! -e "$DATA_DIR/.version" ]; then
    if [ -d "$DATA_DIR/jetstream" ]; then say "$DATA_DIR holds data of an unknown version"; fi
    return
  fi
  read -r found <"$DATA_DIR/.version" || refuse "$DATA_DIR/.version cannot be read"
  if [ "$(minor "$found")" -gt "$(minor "$VERSION")" ]; then
    refuse "the data was last used by version $found, this is $VERSION. Go back to version $found, or restore a backup."
  fi
}

# Whole or not at all, and on the disk before the server writes the first message.
mark_version() {
  echo "$VERSION" >"$DATA_DIR/.version.new"
  sync -f "$DATA_DIR/.version.new"
  mv "$DATA_DIR/.version.new" "$DATA_DIR/.version"
  sync -f "$DATA_DIR"
}

main() {
  : "${VOLUME_DIR:?the root of the data volume}" "${DATA_DIR:?the folder of the data}" "${CONFIG_DIR:?the folder of nats.conf}"
  : "${CREDENTIALS_DIR:?the folder of the credentials}" "${RUN_DIR:?a folder in memory}" "${TLS_DIR?the folder of the certificate, or nothing}"
  : "${DB_SERIES:?the declared version}" "${DATA_MUST_EXIST:?true or false}"
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_volume
  check_program
  rm -f "$DATA_DIR/.version.new"
  if [ ! -d "$DATA_DIR/jetstream" ]; then
    refuse_unless_empty
    say "empty volume: the data will be in $DATA_DIR"
    mkdir -p "$DATA_DIR"
  fi
  check_data
  mark_version
  write_users || refuse "the server is not started without the passwords of all users"
  SERVER_PID=$$ "$HERE/reload.sh" 9>&- &
  trap - TERM INT
  exec nats-server --config "$CONFIG_DIR/nats.conf"
}

main "$@"
