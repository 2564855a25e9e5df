#!/usr/bin/env bash
set -Eeuo pipefail
# PID 1 of the server's container: lock the volume, make or check the root folder, become the server.
# Waits: 120 s for the lock (volume.sh). The image's own script is run last: which module path and options its Java needs
# changes between releases, and without root it does nothing but put that command together and become it.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=../../../core/scripts/volume.sh
source "$HERE/volume.sh"
# shellcheck source-path=SCRIPTDIR source=initialize.sh
source "$HERE/initialize.sh"

# Where the image has no flock, the server's own lock (db/tables.d.lock) still keeps two servers apart.
lock() {
  if command -v flock >/dev/null; then lock_volume; else say "no flock in this image; the server's own lock decides"; fi
}

# The official image has the server as a module of its Java; others have it as a jar.
image_version() {
  local line jar java=$APP_DIR/bin/java
  if [[ -x "$java" ]]; then
    while IFS= read -r line; do
      if [[ "$line" == io.questdb@* ]]; then
        printf '%s' "${line#io.questdb@}"
        return
      fi
    done < <("$java" -Xmx32m --list-modules)
  fi
  for jar in "$APP_DIR/libs"/questdb-*.jar; do
    jar=${jar##*/questdb-}
    if [[ "$jar" == [0-9]* ]]; then printf '%s' "${jar%.jar}"; fi
  done
}

check_program() {
  local version
  version=$(image_version)
  if [[ -z "$version" ]]; then
    say "WARNING: the image does not tell its version; $DB_MAJOR is taken for granted"
  elif [[ "${version%%.*}" != "$DB_MAJOR" ]]; then
    refuse "the image runs QuestDB $version, declared is $DB_MAJOR. Use an image of $DB_MAJOR, or declare the image's version."
  fi
}

# The server unpacks its console and the rest of conf only if they are missing, and one that is half unpacked stays so.
# For HTTP the password is read at the start only; reload.sh, which has to know it, finds it in the same file.
prepare() {
  local entry=${QDB_PG_PASSWORD_FILE##*/}
  if [[ ! -s "$QDB_PG_PASSWORD_FILE" ]]; then refuse "the Secret of the credentials has no key \"$entry\", or an empty one"; fi
  cat -- "$QDB_PG_PASSWORD_FILE" >"$RUN_DIR/started-with"
  rm -rf "$DATA_DIR/conf" "$DATA_DIR/public"
  mkdir "$DATA_DIR/conf"
  ln -s "$CONFIG_DIR/server.conf" "$DATA_DIR/conf/server.conf"
}

main() {
  : "${DATA_DIR:?the root folder}" "${VOLUME_DIR:?the root of the volume}" "${CONFIG_DIR:?the folder of server.conf}"
  : "${DB_MAJOR:?the major version}" "${DATA_MUST_EXIST:?true or false}" "${RUN_DIR:?a folder in memory}"
  : "${QDB_PG_PASSWORD_FILE:?the file of the password}" "${JVM_PREPEND:?options of Java}"
  : "${APP_DIR:?the folder of the program}" "${ENTRYPOINT:?the start script of the image}"
  umask 077
  trap 'say "stopped before the server was started"; exit 143' TERM INT
  lock
  check_program
  if [[ "$DATA_MUST_EXIST" != false && ! -e "$DATA_DIR/db/_tab_index.d" ]]; then
    refuse "the volume holds no database in $DATA_DIR, but existing data was declared. A wrong or an empty volume is mounted."
  fi
  if [[ ! -d "$DATA_DIR/db" ]]; then initialize; fi
  check_data
  prepare
  export QDB_HTTP_PASSWORD_FILE="$RUN_DIR/started-with" QUESTDB_DATA_DIR="$DATA_DIR" QDB_ROOT="$DATA_DIR"
  trap - TERM INT
  exec "$ENTRYPOINT"
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
