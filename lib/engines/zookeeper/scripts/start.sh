#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, make or check the folders, compose login and certificate, become the server.
# Waits: 120 s for the lock (volume.sh); that plus the loading of the tree must fit the budget of the startup probe.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=data.sh
source "$HERE/data.sh"
# shellcheck source-path=SCRIPTDIR source=certificate.sh
source "$HERE/certificate.sh"

# The libraries lie beside the scripts in the official image, and where Debian has them in an image of Debian's packages.
check_program() {
  local home file found=''
  home=$(command -v zkServer.sh) || refuse "the image has no zkServer.sh"
  for file in "${home%/*}"/../lib/zookeeper-[0-9]*.jar /usr/share/java/zookeeper-[0-9]*.jar; do
    if [[ -e "$file" ]]; then
      found=${file##*/zookeeper-}
      found=${found%.jar}
      break
    fi
  done
  if [[ "$found" != "$DB_VERSION".* ]]; then
    refuse "the image has ZooKeeper \"$found\", declared is $DB_VERSION. Use an image of $DB_VERSION, or declare the image's."
  fi
  say "ZooKeeper $found"
}

# The server reads the login from a file of Java's own form (JAAS), in which quotes and backslashes are written twice and
# variables are replaced. Printed in pieces, so that no line of this script looks like one of that file.
compose_login() {
  local login
  login=$(<"$PASSWORD_FILE")
  if [[ -z "$login" || "$login" == *[^\ -~]* || "$login" == *"\${"* ]]; then
    refuse "$PASSWORD_FILE is empty, has characters outside ASCII or more than one line, or has \"\${\" in it, which Java would" \
      "replace. Change it in the Secret."
  fi
  login=${login//\\/\\\\}
  login=${login//\"/\\\"}
  (umask 077 && printf 'Server {\n  %s required\n  user_%s="%s";\n};\n' \
    org.apache.zookeeper.server.auth.DigestLoginModule "$DB_USER" "$login" >"$RUN_DIR/login.conf")
}

main() {
  : "${VOLUME_DIR:?the root of the volume}" "${DATA_FOLDER:?the folder of the snapshots}" "${LOG_FOLDER:?the folder of the log}"
  : "${CONFIG_DIR:?the folder of zoo.cfg}" "${DB_VERSION:?the series}" "${DATA_MUST_EXIST:?true or false}"
  : "${PASSWORD_FILE:?the file of the password}" "${DB_USER:?the application}" "${RUN_DIR:?a folder in memory}"
  : "${SERVER_JVMFLAGS:?options of the JVM}"
  TLS_DIR=${TLS_DIR:-} LOG_VOLUME_DIR=${LOG_VOLUME_DIR:-}
  umask 077
  # PID 1 ignores signals it does not handle: without this a pod deleted while it waits would need SIGKILL.
  trap 'say "stopped before the server was started"; exit 143' TERM INT

  lock_volume
  check_program
  if [[ ! -e "$DATA_FOLDER/pair" ]]; then
    refuse_unless_empty
    initialize
  fi
  move_log
  check_data
  compose_login
  if [[ -n "$TLS_DIR" ]]; then
    check_certificate || refuse "the certificate is none that ZooKeeper reads, see above."
    compose_certificate
  fi
  trap - TERM INT
  # Both the official script and others look for zoo.cfg and the log's configuration there.
  export ZOOCFGDIR=$CONFIG_DIR ZOO_CONF_DIR=$CONFIG_DIR
  exec zkServer.sh start-foreground
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
