#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, make or check the log, become the server.
# Waits: 120 s for the lock (volume.sh) and 120 s for a new log; that plus the start must fit the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=format.sh
source "$HERE/format.sh"
# shellcheck source-path=SCRIPTDIR source=certificate.sh
source "$HERE/certificate.sh"

check_program() {
  local file found=''
  for file in "$KAFKA_HOME"/libs/kafka-clients-[0-9]*.jar; do
    found=${file##*/kafka-clients-}
    found=${found%.jar}
  done
  if [[ "${found%%.*}" != "${DB_VERSION%%.*}" ]]; then
    refuse "the image has Kafka \"$found\" in $KAFKA_HOME/libs, declared is $DB_VERSION. Use an image of that major, or declare the image's."
  fi
  say "Kafka $found"
}

# Clients are sent to this name, whatever name they came by. The namespace is not known to the manifest's maker, but to the
# pod: it is the first label of its search list (search shop.svc.cluster.local svc.cluster.local cluster.local).
advertised_host() {
  local word domain domains
  while read -r word domains; do
    for domain in $domains; do
      if [[ "$word" == search && "$domain" == *.svc.* ]]; then
        printf '%s' "$HOSTNAME.$MEMBERS_SERVICE.${domain%%.*}.svc"
        return
      fi
    done
  done <"$RESOLV_CONF"
  say "WARNING: $RESOLV_CONF names no namespace: only clients of this namespace will be able to resolve this broker's name"
  printf '%s' "$HOSTNAME.$MEMBERS_SERVICE"
}

main() {
  : "${VOLUME_DIR:?the root of the volume}" "${LOG_FOLDER:?the folder of the log}" "${CONFIG_DIR:?the folder of server.properties}"
  : "${CLUSTER_ID:?the id of the cluster}" "${DB_VERSION:?the version}" "${DATA_MUST_EXIST:?true or false}"
  : "${KAFKA_HOME:?where Kafka is}" "${RUN_DIR:?a folder in memory}" "${MEMBERS_SERVICE:?the headless Service}"
  : "${SERVER_MEMORY:?options of the JVM}" "${RESOLV_CONF:?resolv.conf}"
  TLS_DIR=${TLS_DIR:-}
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_volume
  check_program
  if [[ -n "$TLS_DIR" ]]; then
    check_certificate || refuse "the certificate is none that Kafka reads, see above."
    compose_certificate
    rm -f "$RUN_DIR/renewing"
  fi
  if [[ ! -e "$LOG_FOLDER/meta.properties" ]]; then
    refuse_unless_empty
    initialize
  fi
  check_data
  ADVERTISED_HOST=$(advertised_host)
  say "clients are sent to $ADVERTISED_HOST"
  trap - TERM INT
  # Kafka's own scripts would write logs to the image's folder: EXTRA_ARGS without -loggc, and our own log4j2.yaml.
  export ADVERTISED_HOST LOG_FOLDER LOG_DIR=/tmp/kafka EXTRA_ARGS='-name kafkaServer' KAFKA_HEAP_OPTS=$SERVER_MEMORY \
    KAFKA_LOG4J_OPTS="-Dlog4j2.configurationFile=$CONFIG_DIR/log4j2.yaml" KAFKA_OPTS=-XX:+ExitOnOutOfMemoryError
  exec "$KAFKA_HOME/bin/kafka-server-start.sh" "$CONFIG_DIR/server.properties"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
