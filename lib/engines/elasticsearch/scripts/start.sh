#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, look at the data, put the configuration together, become the server.
# The server makes its own data: each step of that is one atomic write, so nothing is made here.
# Waits: 120 s for the lock (volume.sh); that plus the start must fit the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=data.sh
source "$HERE/data.sh"
# shellcheck source-path=SCRIPTDIR source=access.sh
source "$HERE/access.sh"

# The version is in the name of the main library; to ask the server itself takes seconds.
check_program() {
  local library
  VERSION=''
  for library in "$SERVER_HOME/lib/$SERVER"-[0-9]*.jar; do
    if [[ "$library" =~ -([0-9]+\.[0-9]+\.[0-9]+)[^/]*\.jar$ ]]; then VERSION=${BASH_REMATCH[1]}; fi
  done
  if [[ "${VERSION%%.*}" != "$DB_MAJOR" ]]; then
    refuse "the image has $SERVER ${VERSION:-of an unknown version}, declared is version $DB_MAJOR. Use an image of version" \
      "$DB_MAJOR, or declare the image's version: a later one opens the data, and there is no way back."
  fi
}

# The image's configuration with ours on top, in memory. A file with-NAME.yml is only for an image that has the plugin NAME.
compose_configuration() {
  local file plugin
  rm -rf "$CONF"
  mkdir -p "$CONF"
  cp -R -- "$SERVER_HOME/config/." "$CONF"
  mkdir -p "$CONF/jvm.options.d"
  cp -- "$CONFIG_DIR/jvm.options" "$CONF/jvm.options.d/stateful.options"
  cp -- "$CONFIG_DIR/log4j2.properties" "$CONFIG_DIR/$SERVER.yml" "$CONF"
  for file in "$CONFIG_DIR"/with-*.yml; do
    plugin=${file##*/with-}
    if [[ -d "$SERVER_HOME/plugins/${plugin%.yml}" ]]; then cat -- "$file" >>"$CONF/$SERVER.yml"; fi
  done
}

# The server locks its data by itself (node.lock), against other pods of the node as well, because the kernel keeps that lock.
# With flock, which small images do not have, a second pod waits here instead of failing there.
lock_where_possible() {
  if command -v flock >/dev/null; then lock_volume; fi
}

main() {
  : "${SERVER:?elasticsearch or opensearch}" "${SERVER_HOME:?the folder of the server}" "${SERVER_URL:?where it answers}"
  : "${VOLUME_DIR:?the root of the data volume}" "${DATA_DIR:?the folder of the data}" "${CLUSTER_NAME:?the database}"
  : "${CONFIG_DIR:?the folder of the settings}" "${DB_MAJOR:?the major version}" "${DATA_MUST_EXIST:?true or false}"
  CONF=${ES_PATH_CONF:-${OPENSEARCH_PATH_CONF:?the folder of the server\'s configuration}}
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_where_possible
  check_program
  check_data
  compose_configuration
  prepare_access
  remember_version
  trap - TERM INT
  cd "$SERVER_HOME"
  exec "$SERVER_HOME/bin/$SERVER"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
