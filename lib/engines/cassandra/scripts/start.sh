#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, create or check the data, become the server.
# Waits: 120 s for the lock (volume.sh), 840 s for an initialisation (initialize.sh); both fit the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=config.sh
source "$HERE/config.sh"
# shellcheck source-path=SCRIPTDIR source=cql.sh
source "$HERE/cql.sh"
# shellcheck source-path=SCRIPTDIR source=initialize.sh
source "$HERE/initialize.sh"
# shellcheck source-path=SCRIPTDIR source=log-volume.sh
source "$HERE/log-volume.sh"

# The image tells its version by a variable.
check_program() {
  PROGRAM=${CASSANDRA_VERSION:-}
  if [[ ! "$PROGRAM" =~ ^([0-9]+)\.([0-9]+) ]]; then refuse "the image does not tell its version (CASSANDRA_VERSION)"; fi
  SERIES=${BASH_REMATCH[1]}.${BASH_REMATCH[2]}
  if [[ "$PROGRAM." != "$DB_MAJOR."* ]]; then
    refuse "the image runs Cassandra $PROGRAM, declared is $DB_MAJOR. Use an image of $DB_MAJOR, or declare the image's version."
  fi
}

read_words() {
  local role
  for role in password admin-password; do
    if [[ ! -s "$CREDENTIALS_DIR/$role" ]]; then refuse "the Secret of the credentials has no key \"$role\", or an empty one"; fi
  done
  APP_WORD=$(<"$CREDENTIALS_DIR/password")
  ADMIN_WORD=$(<"$CREDENTIALS_DIR/admin-password")
}

# keep NAME VALUE: a mark in the data, replaced at once.
keep() {
  printf '%s\n' "$2" >"$DATA_DIR/.$1.new"
  mv -T "$DATA_DIR/.$1.new" "$DATA_DIR/.$1"
}

number() { printf '%d' "$((${1%%.*} * 1000 + ${1#*.}))"; }

check_data() {
  local identity="cluster $CLUSTER_NAME, datacenter $DATA_CENTER, rack $RACK" found
  if [[ -e "$DATA_DIR/.series" ]]; then
    found=$(<"$DATA_DIR/.series")
    if [[ ! "$found" =~ ^[0-9]+\.[0-9]+$ ]]; then refuse "$DATA_DIR/.series holds \"$found\", which is no version"; fi
    if (($(number "$found") > $(number "$SERIES"))); then
      refuse "$DATA_DIR was used by Cassandra $found, this is $SERIES. Go back to an image of Cassandra $found."
    fi
  fi
  if [[ -e "$DATA_DIR/.identity" && "$(<"$DATA_DIR/.identity")" != "$identity" ]]; then
    refuse "$DATA_DIR belongs to $(<"$DATA_DIR/.identity"); declared is $identity. These never change: declare the former."
  fi
  keep series "$SERIES"
  keep identity "$identity"
}

main() {
  : "${DATA_DIR:?the folder of the data}" "${VOLUME_DIR:?the root of the volume}" "${CONFIG_DIR:?the rendered files}"
  : "${IMAGE_CONFIG_DIR:?the files of the image}" "${RUN_DIR:?a folder in memory}" "${CREDENTIALS_DIR:?the secrets}"
  : "${DB_MAJOR:?the version}" "${DATA_MUST_EXIST:?true or false}" "${DB_PORT:?the port}" "${INITIAL_PORT:?a port}"
  : "${CLUSTER_NAME:?}" "${DATA_CENTER:?}" "${RACK:?}" "${KEYSPACE:?}" "${ADMIN:?the superuser}" "${APP:?the role}"
  : "${SERVER_HEAP:?}" "${SERVER_NEW_GENERATION:?}" "${SERVER_OPTIONS:?}" "${TLS:?off, optional or required}"
  local address
  WAL_DIR=${WAL_DIR:-}
  umask 077
  trap 'say "stopped before the server was started"; exit 143' TERM INT
  lock_volume
  check_program
  read_words
  if [[ ! -d "$DATA_DIR/data/system" ]]; then
    refuse_unless_empty
    initialize
    # The sidecar has the former one to come in with, when the Secret changes.
    login "$ADMIN" "$ADMIN_WORD"
  fi
  check_data
  settle_log
  address=$(pod_address)
  compose "$RUN_DIR/conf" "$DATA_DIR" "$LOG_DIR" "$DB_PORT" 0.0.0.0 "$address"
  encrypt "$RUN_DIR/conf"
  trap - TERM INT
  become "$RUN_DIR/conf"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
