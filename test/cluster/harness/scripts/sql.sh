#!/usr/bin/env bash
# Runs the SQL of the standard input as the mounted user, or with the password in the first argument's file.
# usage: sql.sh CONNECTION [PASSWORD-FILE]
set -Eeuo pipefail

PGPASSWORD=$(< "${2:-/secret/password}")
export PGPASSWORD PGCONNECT_TIMEOUT=5
exec psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$1"
