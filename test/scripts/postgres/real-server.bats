#!/usr/bin/env bats
# The scripts on a real PostgreSQL (14 or later, from /usr/lib/postgresql), as an unprivileged user. The tests build on
# each other: they are the life of one database. Needs the package postgresql, with its contrib modules, and openssl.

newest_server() { # prints the folder of the programs
  local folder
  while IFS= read -r folder; do
    if [ -x "$folder/bin/initdb" ] && [ "${folder##*/}" -ge 14 ]; then
      printf '%s/bin' "$folder"
      return
    fi
  done < <(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -name '[0-9]*' 2>/dev/null | sort -rV)
  return 1
}

# PostgreSQL refuses to run as root.
unprivileged() {
  if [ "$(id -u)" -eq 0 ]; then
    set -- setpriv --reuid="$DB_OS_USER" --regid="$(id -g "$DB_OS_USER")" --clear-groups "$@"
  fi
  if [ -n "${IN_PLACE:-}" ]; then exec "$@"; fi
  "$@"
}

# The command with the environment of the containers and nothing else.
in_pod() {
  unprivileged env -i PATH="$POD/bin:$BIN:/usr/bin:/bin" PGDATA="$PGDATA" VOLUME_DIR="$VOLUME_DIR" WAL_DIR="$WAL_DIR" \
    CONFIG_DIR="$POD/config" DB_MAJOR="$DB_MAJOR" DATA_MUST_EXIST="${DATA_MUST_EXIST:-false}" ENGINE=postgres RESTORE=false LOCALE=C.UTF-8 \
    LOCALE_PROVIDER="$LOCALE_PROVIDER" DB_SUPERUSER=postgres PGHOST="$POD/socket" PGPORT="$PORT" PGUSER=postgres \
    CREDENTIALS_DIR="$POD/credentials" TLS_DIR="$POD/tls" READY_MARK="$POD/socket/.reconciled" RECONCILE_INTERVAL=0.3 \
    PROBE_TIMEOUT=5 LANG=C.UTF-8 "$@"
}

script() { in_pod "$POD/scripts/$1"; }

# Runs a script in the background, under the number in $POD/$2.pid. Its parent stays and collects it: a server that was
# killed and is left as a zombie would look alive to the next one, which in a container it cannot.
background() {
  rm -f "$POD/$2.pid"
  (
    IN_PLACE=yes script "$1" &
    echo "$!" >"$POD/$2.pid"
    wait "$!"
  ) >>"$POD/$2.output" 2>&1 3>&- &
  eventually 5 test -s "$POD/$2.pid"
}

# What reconcile.sh says from now on is in reconcile.output.
news() {
  cat "$POD/reconcile.output" >>"$POD/reconcile.before" 2>/dev/null || true
  : >"$POD/reconcile.output"
}

# Writes a file from stdin, at once, as the kubelet does. Then reconcile.output tells what came of it.
write() {
  cat >"$1.new"
  chown "$DB_OS_USER" "$1.new"
  chmod 0400 "$1.new"
  news
  mv "$1.new" "$1"
}

make_certificate() { # common name
  (
    cd "$POD/tls" || exit 1
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -keyout key.new -out crt.new 2>/dev/null
    chown "$DB_OS_USER" key.new crt.new
    chmod 0600 key.new
    chmod 0644 crt.new
    mv key.new tls.key
    mv crt.new tls.crt
  )
}

setup_file() {
  load common
  BIN=$(newest_server) || skip "no PostgreSQL 14 or later below /usr/lib/postgresql: apt-get install postgresql"
  command -v openssl >/dev/null || skip "no openssl: apt-get install openssl"
  DB_OS_USER=$(id -un)
  if [ "$(id -u)" -eq 0 ]; then DB_OS_USER=postgres; fi
  id "$DB_OS_USER" >/dev/null 2>&1 || skip "root cannot run PostgreSQL and there is no user $DB_OS_USER"
  # In memory where there is room: "sync -f" would wait for everything else that this machine writes.
  POD=$(mktemp -d -p "$(if [ -w /dev/shm ]; then echo /dev/shm; else echo /tmp; fi)" stateful-XXXXXX)
  DB_MAJOR=$(basename "$(dirname "$BIN")")
  LOCALE_PROVIDER=libc
  if [ "$DB_MAJOR" -ge 17 ]; then LOCALE_PROVIDER=builtin; fi
  PORT=$((20000 + RANDOM % 10000))
  VOLUME_DIR=$POD/data
  PGDATA=$VOLUME_DIR/$DB_MAJOR/docker
  WAL_DIR=$POD/wal/$DB_MAJOR/pg_wal
  export BIN DB_OS_USER POD DB_MAJOR LOCALE_PROVIDER PORT VOLUME_DIR PGDATA WAL_DIR

  mkdir "$POD"/{bin,config,credentials,tls,socket,data,wal,log,scripts}
  install -m 0755 "$SCRIPTS"/* "$POD/scripts"
  cat >"$POD/config/postgresql.conf" <<CONF
include = '$POD/config/storage.conf'
hba_file = '$POD/config/pg_hba.conf'
ident_file = '$POD/config/pg_ident.conf'
unix_socket_directories = '$POD/socket'
listen_addresses = 'localhost'
port = $PORT
fsync = off
ssl = on
ssl_cert_file = '$POD/tls/tls.crt'
ssl_key_file = '$POD/tls/tls.key'
# Everything that could write a password down is on.
logging_collector = on
log_directory = '$POD/log'
log_destination = 'stderr,csvlog'
log_statement = all
log_duration = on
log_min_duration_statement = 0
log_min_messages = debug1
log_min_error_statement = debug1
log_error_verbosity = verbose
log_lock_waits = on
deadlock_timeout = 100ms
debug_print_parse = on
CONF
  if [ -e "$("$BIN/pg_config" --pkglibdir)/pg_stat_statements.so" ]; then
    cat >>"$POD/config/postgresql.conf" <<CONF
shared_preload_libraries = 'pg_stat_statements,auto_explain'
pg_stat_statements.track = all
auto_explain.log_min_duration = 0
auto_explain.log_nested_statements = on
CONF
  fi
  cat >"$POD/config/pg_hba.conf" <<CONF
local all all peer map=stateful
hostssl all all localhost scram-sha-256
CONF
  echo "max_wal_size = 1GB" >"$POD/config/storage.conf"
  echo "stateful $DB_OS_USER postgres" >"$POD/config/pg_ident.conf"
  make_certificate first
  # What the volume has left is what a file says, once there is one.
  printf '#!/bin/sh\ncat "%s/disk" 2>/dev/null || exec /bin/df "$@"\n' "$POD" >"$POD/bin/df"
  chmod 0755 "$POD/bin/df"
  chown -R "$DB_OS_USER" "$POD"
}

teardown_file() {
  local name pid
  load common
  [ -n "${POD:-}" ] || return 0
  for name in reconcile second server; do
    if [ -e "$POD/$name.pid" ]; then
      pid=$(<"$POD/$name.pid")
      kill -s TERM "$pid" 2>/dev/null || true
      kill -s INT "$pid" 2>/dev/null || true
      eventually 20 gone "$pid" || kill -s KILL "$pid"
    fi
  done
  rm -rf "$POD"
}

setup() {
  load common
  HOSTILE="o'r\"x \$(touch $POD/hacked) \`id\` = dbname=y"
  CANARY=canary-5ecret-one
  CANARY_TWO="canary-'two\\ \"\$(id)"
}

running() { [ -e "$POD/$1.pid" ] && ! gone "$(<"$POD/$1.pid")"; }

boot() {
  background start.sh server
  eventually 60 answers
}
answers() { in_pod pg_isready -q; }

boot_reconcile() {
  background reconcile.sh reconcile
}

stopped() { ! running "$1"; }

as_superuser() { # database, statement
  in_pod env PGDATABASE="$1" psql -XAtq -v ON_ERROR_STOP=1 -c "$2"
}

as_client() { # role, word, database, statement
  unprivileged env -i PATH="$POD/bin:$BIN:/usr/bin:/bin" PGHOST=localhost PGPORT="$PORT" PGUSER="$1" PGPASSWORD="$2" \
    PGDATABASE="$3" PGSSLMODE="${4:-require}" PGSSLROOTCERT="${5:-}" psql -XAtq -w -c "${STATEMENT:-SELECT 1}"
}

declare_databases() { # extra role, extra database
  local hostile=${HOSTILE//\"/\\\"}
  write "$POD/config/databases.json" <<JSON
{"roles": [
  {"name": "app", "login": true, "passwordFile": "$POD/credentials/password", "createDatabase": false,
   "createRole": false, "memberOf": ["pg_monitor"], "connectionLimit": -1},
  {"name": "$hostile", "login": true, "passwordFile": "$POD/credentials/other", "createDatabase": true,
   "createRole": false, "memberOf": ["app"], "connectionLimit": 7}${1:-}],
 "databases": [
  {"name": "app", "owner": "app", "extensions": ["pg_trgm"]},
  {"name": "$hostile", "owner": "$hostile", "extensions": ["citext"${3:-}]}${2:-}]}
JSON
}

applied() { # what was written last is in force
  eventually 30 says "$POD/reconcile.output" "everything is as declared"
}

@test "first boot: a database with checksums, its log on the other volume, and a superuser without password" {
  boot
  [ "$(as_superuser postgres "SHOW data_checksums")" = on ]
  [ "$(as_superuser postgres "SELECT rolpassword IS NULL FROM pg_authid WHERE oid = 10")" = t ]
  [ "$(as_superuser postgres "SHOW server_encoding")" = UTF8 ]
  [ "$(readlink "$PGDATA/pg_wal")" = "$WAL_DIR" ]
  [ ! -e "$WAL_DIR.unused" ]
  script started.sh
  script alive.sh
  run script ready.sh
  [ "$status" -eq 1 ]
  [[ "$output" == *"do not exist yet"* ]]
}

@test "a second server on the same volume waits, and ends when told to" {
  background start.sh second
  local pid
  pid=$(<"$POD/second.pid")
  eventually 5 says "$POD/second.output" "another pod holds"
  kill -s TERM "$pid"
  eventually 3 gone "$pid"
  script alive.sh
}

@test "roles, databases and extensions are made, whatever their names, and the server becomes ready" {
  write "$POD/credentials/password" <<<"$CANARY"
  printf '%s' "$CANARY_TWO" | write "$POD/credentials/other"
  declare_databases
  boot_reconcile
  eventually 60 says "$POD/reconcile.output" "everything is as declared"
  script ready.sh
  [ "$(as_client app "$CANARY" app)" = 1 ]
  [ "$(as_client "$HOSTILE" "$CANARY_TWO" "$HOSTILE")" = 1 ]
  [ "$(as_superuser app "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")" = 1 ]
  [ "$(as_superuser "$HOSTILE" "SELECT count(*) FROM pg_extension WHERE extname = 'citext'")" = 1 ]
  [ "$(as_superuser postgres "SELECT rolsuper, rolcreatedb, rolcreaterole, rolconnlimit FROM pg_authid
    WHERE rolname LIKE 'o''r%'")" = "f|t|f|7" ]
  [ "$(as_superuser postgres "SELECT pg_has_role('app', 'pg_monitor', 'member')")" = t ]
  [ ! -e "$POD/hacked" ]
}

@test "a database is open to its owner only" {
  as_superuser postgres "CREATE ROLE stranger LOGIN PASSWORD 'stranger-word'"
  run as_client stranger stranger-word app
  [ "$status" -ne 0 ]
  [[ "$output" == *"permission denied for database"* ]]
}

@test "a creation that was broken off is completed before anybody can connect" {
  as_superuser postgres "CREATE DATABASE half OWNER app ALLOW_CONNECTIONS false CONNECTION LIMIT 0"
  declare_databases '' ', {"name": "half", "owner": "app", "extensions": []}'
  applied
  [ "$(as_client app "$CANARY" half)" = 1 ]
  run as_client stranger stranger-word half
  [[ "$output" == *"permission denied for database"* ]]
  declare_databases
  applied
}

@test "attributes and owner are put back, memberships and databases are not taken" {
  as_superuser postgres "ALTER ROLE app SUPERUSER CREATEDB; ALTER DATABASE app OWNER TO stranger;
    GRANT pg_signal_backend TO app"
  declare_databases ', {"name": "more", "login": false}'
  applied
  [ "$(as_superuser postgres "SELECT rolsuper, rolcreatedb FROM pg_authid WHERE rolname = 'app'")" = "f|f" ]
  [ "$(as_superuser postgres "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'app'")" = app ]
  [ "$(as_superuser postgres "SELECT pg_has_role('app', 'pg_signal_backend', 'member')")" = t ]
  declare_databases
  applied
  [ "$(as_superuser postgres "SELECT count(*) FROM pg_authid WHERE rolname = 'more'")" = 1 ]
}

@test "what the owner sets on his database does not bind the superuser's session" {
  as_client app "$CANARY" app
  STATEMENT='ALTER DATABASE app SET role TO app' as_client app "$CANARY" app
  STATEMENT='ALTER DATABASE app SET default_transaction_read_only TO on' as_client app "$CANARY" app
  STATEMENT="SET transaction_read_only TO off; CREATE SCHEMA app; CREATE FUNCTION app.format(text, text) RETURNS text
    LANGUAGE sql AS 'SELECT NULL::text'; ALTER DATABASE app SET search_path TO app, public" as_client app "$CANARY" app
  sed 's/"pg_trgm"/"pg_trgm", "dblink"/' "$POD/config/databases.json" >"$POD/declared"
  write "$POD/config/databases.json" <"$POD/declared"
  applied
  [ "$(as_superuser app "SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'dblink'")" = public ]
  as_superuser postgres "ALTER DATABASE app RESET ALL"
  declare_databases
  applied
}

@test "a new password is taken from the file, the old one is refused" {
  write "$POD/credentials/password" <<<"canary-rotated"
  applied
  [ "$(as_client app canary-rotated app)" = 1 ]
  run as_client app "$CANARY" app
  [ "$status" -ne 0 ]
  [[ "$output" == *"authentication failed"* ]]
  write "$POD/credentials/password" <<<"$CANARY"
  applied
}

refused_password() { # text of the refusal; the file from stdin
  write "$POD/credentials/password"
  eventually 30 says "$POD/reconcile.output" "$1"
  script ready.sh
  # The same failure would be said again only after a minute, a success in between makes it new.
  write "$POD/credentials/password" <<<"$CANARY"
  applied
  [ "$(as_client app "$CANARY" app)" = 1 ]
}

@test "a password file that cannot be one is refused, and the old password stays" {
  refused_password "is empty" </dev/null
  printf '\n' | refused_password "is empty"
  printf 'canary\nline\n' | refused_password "holds a zero byte or a line break"
  printf 'canary\r\n' | refused_password "holds a zero byte or a line break"
  printf 'canary\0byte' | refused_password "holds a zero byte or a line break"
  printf 'canary\xff' | refused_password "is not UTF-8 text"
  printf 'md5%032d' 7 | refused_password "holds a hash instead of a password"
}

@test "a missing password file holds up its own role only, and is tried again" {
  declare_databases ', {"name": "late", "login": true, "passwordFile": "'"$POD"'/credentials/late"},
    {"name": "after", "login": false}'
  eventually 30 says "$POD/reconcile.output" "FAILED roles:"
  eventually 30 says "$POD/reconcile.output" "/credentials/late\" for reading: No such file or directory"
  [ "$(as_superuser postgres "SELECT count(*) FROM pg_authid WHERE rolname IN ('late', 'after')")" = 1 ]
  script ready.sh
  write "$POD/credentials/late" <<<"canary-late"
  eventually 30 says "$POD/reconcile.output" "everything is as declared"
  [ "$(as_superuser postgres "SELECT count(*) FROM pg_authid WHERE rolname IN ('late', 'after')")" = 2 ]
}

@test "the superuser, membership in it, and files outside of the credentials are refused" {
  declare_databases ', {"name": "postgres", "login": false}, {"name": "climber", "login": false, "memberOf": ["postgres"]},
    {"name": "reader", "login": true, "passwordFile": "/etc/hostname"}'
  eventually 30 says "$POD/reconcile.output" "role postgres: this is the superuser of the server"
  eventually 30 says "$POD/reconcile.output" "/etc/hostname is not below"
  declare_databases
  applied
  declare_databases ', {"name": "climber", "login": false, "memberOf": ["postgres"]}'
  eventually 30 says "$POD/reconcile.output" "role climber as a member of postgres: that is a superuser"
  [ "$(as_superuser postgres "SELECT rolsuper FROM pg_authid WHERE oid = 10")" = t ]
  [ "$(as_superuser postgres "SELECT pg_has_role('climber', 'postgres', 'member')")" = f ]
  declare_databases
  applied
}

@test "an extension that is not in the image takes nothing out of service" {
  declare_databases '' '' ', "not-there"'
  eventually 30 says "$POD/reconcile.output" 'ERROR:  extension "not-there" is not available'
  eventually 30 says "$POD/reconcile.output" 'extensions not created: "not-there"'
  script ready.sh
  declare_databases
  applied
}

@test "a session that is ended while it sets a password writes it nowhere" {
  local word=canary-interrupted
  as_superuser postgres "BEGIN; LOCK TABLE pg_authid IN EXCLUSIVE MODE; SELECT pg_sleep(6)" 3>&- &
  sleep 0.5
  write "$POD/credentials/password" <<<"$word"
  eventually 10 waits_for_lock
  as_superuser postgres "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'reconcile'"
  sleep 1
  as_superuser postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reconcile'"
  eventually 30 says "$POD/reconcile.output" "FAILED roles"
  eventually 30 says "$POD/reconcile.output" "everything is as declared"
  [ "$(as_client app "$word" app)" = 1 ]
  write "$POD/credentials/password" <<<"$CANARY"
  applied
}
waits_for_lock() {
  [ "$(as_superuser postgres "SELECT count(*) FROM pg_stat_activity
    WHERE application_name = 'reconcile' AND wait_event_type = 'Lock'")" = 1 ]
}

@test "no password is in the server's logs, in the statistics, in the output or in any command line" {
  # The log does write everything down that is not kept out of it:
  grep -rqF stranger-word "$POD/log"
  ls "$POD"/log/*.csv
  run grep -rliE 'canary' "$POD/log" "$POD/reconcile.before" "$POD/reconcile.output" "$POD/server.output"
  [ "$output" = "" ]
  run bash -c 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\0" " " | grep -c "[c]anary"'
  [ "$output" = 0 ]
  if grep -q pg_stat_statements "$POD/config/postgresql.conf"; then
    as_superuser postgres "CREATE EXTENSION pg_stat_statements"
    [ "$(as_superuser postgres "SELECT count(*) FROM pg_stat_statements WHERE query ILIKE '%password%canary%'")" = 0 ]
    [ "$(as_superuser postgres "SELECT count(*) > 0 FROM pg_stat_statements WHERE query ILIKE '%stranger%'")" = t ]
  fi
}

@test "a renewed certificate is in use without a restart" {
  [ "$(as_client app "$CANARY" app verify-ca "$POD/tls/tls.crt")" = 1 ]
  cp "$POD/tls/tls.crt" "$POD/first.crt"
  chmod 0644 "$POD/first.crt"
  local before
  before=$(as_superuser postgres "SELECT pg_postmaster_start_time()")
  news
  make_certificate second
  eventually 30 says "$POD/reconcile.output" "files: the server was told"
  eventually 10 as_client app "$CANARY" app verify-ca "$POD/tls/tls.crt"
  run as_client app "$CANARY" app verify-ca "$POD/first.crt"
  [ "$status" -ne 0 ]
  [ "$(as_superuser postgres "SELECT pg_postmaster_start_time()")" = "$before" ]
}

@test "a role that was named may connect to a database of another, and one that was not may not" {
  news
  declare_databases ', {"name": "visitor", "login": true, "passwordFile": "'"$POD"'/credentials/other", "memberOf": []},
    {"name": "unnamed", "login": true, "passwordFile": "'"$POD"'/credentials/other", "memberOf": []}' \
    ', {"name": "visited", "owner": "app", "connect": ["visitor"], "extensions": []}'
  applied
  [ "$(as_client visitor "$CANARY_TWO" visited)" = 1 ]
  run as_client unnamed "$CANARY_TWO" visited
  [ "$status" -ne 0 ]
  [[ "$output" == *"permission denied for database"* ]]
  news
  declare_databases
  applied
}

@test "what follows from a grown volume is in effect without a restart" {
  [ "$(as_superuser postgres "SHOW max_wal_size")" = 1GB ]
  local before
  before=$(as_superuser postgres "SELECT pg_postmaster_start_time()")
  echo "max_wal_size = 2GB" >"$POD/config/storage.conf"
  wal_size_is() { [ "$(as_superuser postgres "SHOW max_wal_size")" = "$1" ]; }
  eventually 30 wal_size_is 2GB
  [ "$(as_superuser postgres "SELECT pg_postmaster_start_time()")" = "$before" ]
}

@test "a volume that is nearly full: reads go on, writes are refused with an error, and go on when there is room" {
  STATEMENT='CREATE TABLE disk (n int)' as_client app "$CANARY" app
  writes() { STATEMENT='INSERT INTO disk VALUES (1)' as_client app "$CANARY" app; }
  refuses() { ! writes; }
  writes
  echo "/dev/disk 10000 9990 10 99% /" >"$POD/disk"
  eventually 10 refuses
  run writes
  [[ "$output" == *"cannot execute INSERT in a read-only transaction"* ]]
  [ "$(STATEMENT='SELECT count(*) FROM disk' as_client app "$CANARY" app)" -ge 1 ]
  rm "$POD/disk"
  eventually 10 writes
}

@test "after kill -9 the data are there, and the log volume too" {
  STATEMENT='CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n' as_client app "$CANARY" app
  kill -s KILL "$(<"$POD/server.pid")"
  eventually 30 stopped server
  run script alive.sh
  [ "$status" -eq 1 ]
  [[ "$output" == "dead: no answer"* ]]
  news
  boot
  [ "$(STATEMENT='SELECT count(*) FROM kept' as_client app "$CANARY" app)" = 1000 ]
  eventually 30 says "$POD/reconcile.output" "everything is as declared"
}

@test "the stop hook shuts down fast although a client stays, and cleanly" {
  STATEMENT='SELECT pg_sleep(60)' as_client app "$CANARY" app >/dev/null 2>&1 3>&- &
  sleep 0.5
  script stop.sh
  eventually 20 stopped server
  unprivileged "$BIN/pg_controldata" "$PGDATA" | grep -q 'state: *shut down$'
}

@test "the second boot initialises nothing and serves the data" {
  : >"$POD/server.output"
  boot
  run says "$POD/server.output" "creating a database"
  [ "$status" -ne 0 ]
  [ "$(STATEMENT='SELECT count(*) FROM kept' as_client app "$CANARY" app)" = 1000 ]
  script stop.sh
  eventually 20 stopped server
}

@test "the log comes home and moves out again with the data intact" {
  # Home by hand, as a runbook would do it; out again by start.sh.
  rm "$PGDATA/pg_wal"
  unprivileged cp -a "$WAL_DIR" "$PGDATA/pg_wal"
  rm -rf "$POD"/wal/*
  boot
  [ "$(readlink "$PGDATA/pg_wal")" = "$WAL_DIR" ]
  [ "$(STATEMENT='SELECT count(*) FROM kept' as_client app "$CANARY" app)" = 1000 ]
  script stop.sh
  eventually 20 stopped server
}

@test "an empty data volume beside the log of a database is refused" {
  mkdir "$POD/empty"
  chown "$DB_OS_USER" "$POD/empty"
  VOLUME_DIR=$POD/empty PGDATA=$POD/empty/$DB_MAJOR/docker run script start.sh
  [ "$status" -eq 1 ]
  [[ "$output" == *"the data volume was lost or swapped"* ]]
}

@test "reconcile outlives the server and ends within a second of SIGTERM" {
  running reconcile
  local pid
  pid=$(<"$POD/reconcile.pid")
  kill -s TERM "$pid"
  eventually 1 gone "$pid"
}
