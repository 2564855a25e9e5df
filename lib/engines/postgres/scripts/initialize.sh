#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: makes a new data directory on an empty volume, wholly or not at all. Waits for nothing.

# Data found anywhere below the volume means: this is not the volume, the path or the version that was meant.
refuse_unless_empty() {
  local other
  while IFS= read -r -d '' other; do
    other=${other%/PG_VERSION}
    if [[ -e "$other/global/pg_control" && "$other" != "$PGDATA.initializing" ]]; then
      refuse "data of version $(<"$other/PG_VERSION") found in $other; this is $DB_MAJOR, with its data in $PGDATA." \
        "Go back to the version and path of the data, or upgrade the data; an empty database is not started."
    fi
  done < <(find "$VOLUME_DIR" -mindepth 1 -maxdepth 4 \( -name base -o -name lost+found \) -prune -o \
    -name PG_VERSION -print0 2>/dev/null)
  if [[ -e "$PGDATA" && -n "$(ls -A -- "$PGDATA")" ]]; then
    refuse "$PGDATA is not empty and has no PG_VERSION: damaged data, or files of something else. Nothing was changed."
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no database in $PGDATA, but existing data was declared. A wrong or an empty volume is" \
      "mounted; an empty database is not started in its place."
  fi
  if [[ -n "$WAL_DIR" ]]; then refuse_foreign_log; fi
}

# Prints the options one per line; the locale's name is the only one that comes from the user.
initdb_options() {
  case "$LOCALE_PROVIDER" in
    libc)
      printf '%s\n' "--locale=$LOCALE"
      if ((DB_MAJOR >= 15)); then printf '%s\n' --locale-provider=libc; fi
      ;;
    icu)
      if ((DB_MAJOR < 15)); then refuse "the locale provider icu needs version 15, this is $DB_MAJOR"; fi
      printf '%s\n' --locale-provider=icu "--icu-locale=$LOCALE" --locale=C.UTF-8
      ;;
    builtin)
      if ((DB_MAJOR < 17)); then refuse "the locale provider builtin needs version 17, this is $DB_MAJOR"; fi
      printf '%s\n' --locale-provider=builtin "--builtin-locale=$LOCALE" --locale=C.UTF-8
      ;;
    *) refuse "unknown locale provider \"$LOCALE_PROVIDER\"; known: builtin, icu, libc" ;;
  esac
  # On a node with huge pages that the pod may not use initdb dies with "Bus error" (docker-library/postgres#451,
  # sclorg/postgresql-container#419). Only since 16 a setting can be given to it.
  if ((DB_MAJOR >= 16)); then printf '%s\n' --set=huge_pages=off; fi
  if [[ -n "$WAL_DIR" ]]; then printf '%s\n' "--waldir=$WAL_DIR"; fi
}

# PGDATA appears by one rename, after everything in it was written to the disk: whatever was interrupted before is
# thrown away by the next start. The superuser gets no password; it is reachable by the local socket only.
initialize() {
  local listed options=()
  if restore_pending; then check_backup; fi
  listed=$(initdb_options)
  mapfile -t options <<<"$listed"
  say "empty volume: creating a database of version $DB_MAJOR in $PGDATA"
  mkdir -p "${PGDATA%/*}"
  rm -rf "$PGDATA.initializing"
  if [[ -n "$WAL_DIR" ]]; then claim_log_dir; fi
  initdb --pgdata="$PGDATA.initializing" -U "$DB_SUPERUSER" --auth-local=peer --auth-host=scram-sha-256 \
    --data-checksums --encoding=UTF8 --no-instructions "${options[@]}"
  if restore_pending; then load_backup; fi
  sync -f "$PGDATA.initializing"
  if [[ -n "$WAL_DIR" ]]; then sync -f "$WAL_DIR"; fi
  mv -T "$PGDATA.initializing" "$PGDATA"
  sync -f "$VOLUME_DIR"
  say "created"
}
