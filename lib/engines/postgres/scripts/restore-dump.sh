#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: fills a new data directory from the dumps of a backup, before anybody but this pod can reach the server.
# Waits: an hour for the private server's start and its end each, and as long as the loading takes.

# A server that only this script reaches: not over TCP, and not by the socket that the companion and the probes know. Its end has
# to be a clean one: what it leaves is the database.
private_server() {
  pg_ctl --pgdata="$PGDATA.initializing" --wait --timeout=3600 --silent "$@"
}

# in_private COMMAND...: a client of that server.
in_private() { PGHOST=$PGHOST/private "$@" >&2; }

# What is in the file of this version's own server cannot be loaded into an older one.
check_backup() {
  local engine version
  engine=$(restore_value engine)
  version=$(restore_value server)
  # shellcheck disable=SC2153 # start.sh demands it
  if [[ "$engine" != "$ENGINE" ]]; then refuse "the backup is one of \"$engine\", this is $ENGINE."; fi
  if ((${version%%[!0-9]*} > DB_MAJOR)); then
    refuse "the backup comes from version $version, this is $DB_MAJOR. A dump can be loaded into the same or a later major."
  fi
}

# The new server's superuser exists; every other role comes without a password, and the declared ones get theirs from reconcile.sh.
load_globals() {
  local superuser=${DB_SUPERUSER//\"/\"\"}
  grep -vxE -e "CREATE ROLE \"?${superuser}\"?;" -- "$1/globals.sql" >"$PGHOST/private/globals.sql" || true
  in_private psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=template1 -U "$DB_SUPERUSER" --file="$PGHOST/private/globals.sql"
}

# load_archive FILE: pg_restore makes the database as it was, with its owner, encoding and locale.
load_archive() {
  in_private pg_restore --exit-on-error --no-tablespaces --create --dbname=template1 -U "$DB_SUPERUSER" --no-password -- "$1"
}

# Called by initialize before the rename that makes the data directory appear.
load_backup() {
  local folder archive
  folder=$(restore_folder)
  say "loading backup $(restore_value id) of $(restore_value started)"
  rm -rf "$PGHOST/private"
  mkdir -m 0700 "$PGHOST/private"
  private_server start --log="$PGHOST/private/log" \
    --options="-c config_file=$CONFIG_DIR/postgresql.conf -c listen_addresses='' -c unix_socket_directories=$PGHOST/private" ||
    { tail -n 20 -- "$PGHOST/private/log" >&2 && refuse "the private server did not start."; }
  if ! load_globals "$folder"; then end_loading "the roles cannot be loaded"; fi
  for archive in "$folder"/*.dump; do
    say "loading ${archive##*/}"
    if ! load_archive "$archive"; then end_loading "${archive##*/} cannot be loaded"; fi
  done
  in_private vacuumdb --all --analyze-only --quiet -U "$DB_SUPERUSER"
  private_server stop --mode=fast || refuse "the private server did not end well."
  rm -rf "$PGHOST/private"
}

end_loading() {
  private_server stop --mode=immediate || true
  refuse "$1; the reason is above. The backup is untouched, and there is no database."
}
