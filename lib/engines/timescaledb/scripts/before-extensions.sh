#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by reconcile.sh: brings TimescaleDB in a database (PGDATABASE) to the version that the image has, before anything
# else is done there. Waits: twice what sql waits.

OUTDATED="SELECT known.extversion || ' to ' || offered.default_version FROM pg_extension AS known
  JOIN pg_available_extensions AS offered ON offered.name = known.extname
  WHERE known.extname = 'timescaledb' AND known.extversion <> offered.default_version"

# With its first statement a session loads the library of the version that the database has, which a new image may lack,
# and can no longer update it. So one session looks, without any library, and the first statement of another one updates.
before_extensions() {
  local found
  if ! found=$(PGOPTIONS="${PGOPTIONS:-} -c timescaledb.disable_load=on" sql -c "$OUTDATED" 2>&1); then
    complain "FAILED version of timescaledb in database \"$PGDATABASE\": $found"
    return 1
  fi
  if [[ -z "$found" ]]; then return; fi
  apply "update of timescaledb in database \"$PGDATABASE\"" -c 'ALTER EXTENSION timescaledb UPDATE' || return 1
  say "database \"$PGDATABASE\": timescaledb was updated from $found"
}
