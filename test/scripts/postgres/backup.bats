#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck disable=SC2119,SC2120 # restore may be given variables
# Dumps and restores with a real PostgreSQL (14 or later, from /usr/lib/postgresql), as an unprivileged user: what comes back is
# what was there, and whatever goes wrong in between is said and leaves nothing.

setup_file() {
  load common
  BIN=$(newest_server) || skip "no PostgreSQL 14 or later below /usr/lib/postgresql: apt-get install postgresql"
  DB_OS_USER=$(id -un)
  if [ "$(id -u)" -eq 0 ]; then DB_OS_USER=postgres; fi
  POD=$(mktemp -d -p "$(if [ -w /dev/shm ]; then echo /dev/shm; else echo /tmp; fi)" stateful-XXXXXX)
  DB_MAJOR=$(basename "$(dirname "$BIN")")
  PORT=$((20000 + RANDOM % 10000))
  export BIN DB_OS_USER POD DB_MAJOR PORT
  mkdir "$POD"/{config,scripts,scratch,run,source,target,socket,socket2}
  install -m 0755 "$SCRIPTS"/* "$POD/scripts"
  printf '%s' "pa:ss\\w'ord ü" >"$POD/password"
  cat >"$POD/config/pg_hba.conf" <<CONF
local all postgres peer map=pod
host all all 127.0.0.1/32 scram-sha-256
CONF
  echo "pod $DB_OS_USER postgres" >"$POD/config/pg_ident.conf"
  configuration socket
  chown -R "$DB_OS_USER" "$POD"
  chmod 0755 "$POD"
  source_server
}

teardown_file() {
  stop_servers
  rm -rf "$POD"
}

# Of the server whose socket lies in the folder $1.
configuration() {
  cat >"$POD/config/postgresql.conf" <<CONF
hba_file = '$POD/config/pg_hba.conf'
ident_file = '$POD/config/pg_ident.conf'
unix_socket_directories = '$POD/$1'
listen_addresses = '127.0.0.1'
port = $PORT
fsync = off
CONF
}

newest_server() {
  local folder
  while IFS= read -r folder; do
    if [ -x "$folder/bin/initdb" ] && [ "${folder##*/}" -ge 14 ]; then
      printf '%s/bin' "$folder"
      return
    fi
  done < <(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -name '[0-9]*' 2>/dev/null | sort -rV)
  return 1
}

as_user() {
  if [ "$(id -u)" -eq 0 ]; then
    set -- setpriv --reuid="$DB_OS_USER" --regid="$(id -g "$DB_OS_USER")" --clear-groups "$@"
  fi
  "$@"
}

stop_servers() {
  local folder
  for folder in "$POD"/{source,target}/"$DB_MAJOR"/docker; do
    if [ -e "$folder/postmaster.pid" ]; then as_user "$BIN/pg_ctl" stop --pgdata="$folder" --mode=immediate --silent || true; fi
  done
}

query() { as_user env PGHOST="$POD/socket" PGPORT="$PORT" psql -X -q -tA -v ON_ERROR_STOP=1 -U postgres "$@"; }

source_server() {
  as_user "$BIN/initdb" --pgdata="$POD/source/$DB_MAJOR/docker" -U postgres --auth=trust --no-sync >/dev/null
  as_user "$BIN/pg_ctl" start --wait --silent --pgdata="$POD/source/$DB_MAJOR/docker" --log="$POD/source/log" \
    --options="-c config_file=$POD/config/postgresql.conf" </dev/null >/dev/null 2>&1 3>&- 4>&-
  query -d postgres -v word="$(cat "$POD/password")" <<'SQL'
CREATE ROLE app LOGIN;
ALTER ROLE app PASSWORD :'word';
CREATE ROLE auditor NOLOGIN;
GRANT auditor TO app;
CREATE DATABASE app OWNER app;
CREATE DATABASE "we'ird ""db" OWNER app;
SQL
  query -d app <<'SQL'
SET ROLE app;
CREATE TABLE orders (id int PRIMARY KEY, note text);
INSERT INTO orders SELECT n, repeat(md5(n::text), 4) FROM generate_series(1, 20000) AS n;
CREATE INDEX ON orders (note);
CREATE TABLE "we'ird ""table
" (a int);
INSERT INTO "we'ird ""table
" VALUES (1), (2);
CREATE VIEW recent AS SELECT * FROM orders WHERE id > 10000;
CREATE TABLE parts (id int) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
INSERT INTO parts VALUES (1), (2), (3);
GRANT SELECT ON orders TO auditor;
SQL
}

# backup.sh in a container of its own, with what comes as NAME=VALUE besides; status and output as of `run`.
backup() {
  rm -rf "$POD"/run/* "$POD"/scratch/{data,manifest.json}
  mkdir -p "$POD/scratch"
  echo 00000001-20261121T030000Z >"$POD/scratch/id"
  chown -R "$DB_OS_USER" "$POD/scratch" "$POD/run"
  run as_user env -i PATH="${STUB_PATH:+$STUB_PATH:}$BIN:/usr/bin:/bin" LANG=C.UTF-8 WORK="$POD/scratch" RUN_DIR="$POD/run" ENGINE=postgres METHOD=logical \
    DATABASE=orders ACCEPT_EMPTY=false DB_HOST=127.0.0.1 DB_PORT="$PORT" DB_USER=app DB_NAME=app PASSWORD_FILE="$POD/password" TLS=false "$@" \
    "$POD/scripts/backup.sh"
}

failed() {
  [ "$status" -ne 0 ]
  [[ "${lines[-1]}" == *"FAILED: "*"$1"* ]]
  [ ! -e "$POD/scratch/manifest.json" ]
}

# start.sh on the empty volume of another pod.
restore() {
  configuration socket2
  sed -i "s/^port = .*/port = $((PORT + 1))/" "$POD/config/postgresql.conf"
  as_user env -i PATH="${STUB_PATH:+$STUB_PATH:}$BIN:/usr/bin:/bin" LANG=C.UTF-8 PGDATA="$POD/target/$DB_MAJOR/docker" VOLUME_DIR="$POD/target" CONFIG_DIR="$POD/config" \
    DB_MAJOR="$DB_MAJOR" DATA_MUST_EXIST=false ENGINE=postgres RESTORE=true LOCALE=C.UTF-8 LOCALE_PROVIDER=libc DB_SUPERUSER=postgres \
    PGHOST="$POD/socket2" PGPORT="$((PORT + 1))" "$@" "$POD/scripts/start.sh"
}

fetched() {
  rm -rf "$POD/target"
  mkdir -p "$POD/target/.restore/ready"
  cp -r "$POD/scratch/data" "$POD/scratch/manifest.json" "$POD/target/.restore/ready"
  chown -R "$DB_OS_USER" "$POD/target"
}

# The restored server in the background, and its answers.
serve() {
  restore >"$POD/restored" 2>&1 3>&- &
  eventually 60 "$BIN/pg_isready" --quiet --host=127.0.0.1 --port="$((PORT + 1))"
}

answers() { as_user env PGHOST="$POD/socket2" PGPORT="$((PORT + 1))" psql -X -q -tA -v ON_ERROR_STOP=1 -U postgres -d "$2" -c "$1" 2>/dev/null; }

setup() {
  bats_require_minimum_version 1.5.0
  load common
}

teardown() {
  if [ -e "$POD/target/$DB_MAJOR/docker/postmaster.pid" ]; then
    as_user "$BIN/pg_ctl" stop --pgdata="$POD/target/$DB_MAJOR/docker" --mode=immediate --silent || true
  fi
  configuration socket
}

@test "a backup has every database and the roles, counts the rows, and is read again" {
  backup
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "${lines[-1]}" == *"dumped and read again: 3 files, "*" bytes, 3 tables or keys, server $DB_MAJOR."* ]]
  (cd "$POD/scratch/data" && sha256sum -c --status ../SHA256SUMS)
  python3 - "$POD/scratch/manifest.json" "$DB_MAJOR" <<'PY'
import json, sys
manifest = json.load(open(sys.argv[1]))
assert manifest['counts'] == {'app.public.orders': 20000, 'app.public.parts_1': 3, 'app.public.we\'ird "table\n': 2}, manifest['counts']
assert manifest['objects'] == 3 and manifest['server'].startswith(sys.argv[2]) and manifest['position'].count('/') == 1, manifest
assert [file['name'] for file in manifest['files']] == ['1.dump', '2.dump', 'globals.sql'], manifest
assert sum(file['bytes'] for file in manifest['files']) == manifest['bytes']
PY
  grep -q 'CREATE ROLE app' "$POD/scratch/data/globals.sql"
  run ! grep -qi 'scram\|password' "$POD/scratch/data/globals.sql"
}

@test "what is restored is what was there, with its owners, and counted alike" {
  backup
  fetched
  serve
  [ "$(answers 'SELECT count(*), md5(string_agg(note, NULL ORDER BY id)) FROM orders' app)" = "$(query -d app -c 'SELECT count(*), md5(string_agg(note, NULL ORDER BY id)) FROM orders')" ]
  [ "$(answers "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'" app)" = app ]
  [ "$(answers "SELECT has_table_privilege('auditor', 'orders', 'SELECT'), pg_has_role('app', 'auditor', 'MEMBER')" app)" = 't|t' ]
  [ "$(answers 'SELECT count(*) FROM pg_authid WHERE rolpassword IS NOT NULL' app)" = 0 ]
  [ "$(answers "SELECT count(*) FROM pg_database WHERE datname = 'we''ird \"db'" app)" = 1 ]
  [ ! -e "$POD/target/.restore" ]
  grep -q '"id": "00000001-20261121T030000Z"' "$POD/target/.restored.json"
  grep -q 'this database was restored from backup 00000001-20261121T030000Z of 20' "$POD/restored"
  run as_user env -i PATH="$BIN:/usr/bin:/bin" LANG=C.UTF-8 PGHOST="$POD/socket2" PGPORT="$((PORT + 1))" DB_SUPERUSER=postgres DB_NAME=app RUN_DIR="$POD/run" \
    bash -c 'source "$0"; server_answers && counted >"$RUN_DIR/counted" && assertion "SELECT count(*) = 20000 FROM orders" && ! assertion "SELECT count(*) > 20000 FROM orders" && ! assertion "SELECT nonsense"' "$POD/scripts/check.sh"
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(cat "$POD/run/counted")" = "$(sed -n 's/^  "counts": //p' "$POD/scratch/manifest.json")" ]
}

@test "a second start finds the database, and not the backup" {
  backup
  fetched
  serve
  answers 'CREATE TABLE later (a int)' app
  as_user "$BIN/pg_ctl" stop --pgdata="$POD/target/$DB_MAJOR/docker" --mode=fast --silent
  serve
  answers 'SELECT * FROM later' app
}

@test "a restore that was interrupted is made again from the backup" {
  backup
  fetched
  mkdir "$POD/bin"
  printf '#!/bin/sh\nkill -9 "$PPID"\n' >"$POD/bin/pg_restore"
  chmod +x "$POD/bin/pg_restore"
  STUB_PATH=$POD/bin run restore
  [ "$status" -ne 0 ]
  [ ! -e "$POD/target/$DB_MAJOR/docker" ]
  [ -e "$POD/target/.restore/ready/manifest.json" ]
  as_user "$BIN/pg_ctl" stop --pgdata="$POD/target/$DB_MAJOR/docker.initializing" --mode=immediate --silent || true
  serve
  [ "$(answers 'SELECT count(*) FROM orders' app)" = 20000 ]
  [ ! -e "$POD/target/.restore" ]
}

@test "a dump that cannot be loaded makes no database, and stays" {
  backup
  fetched
  head -c 2000 "$POD/scratch/data/1.dump" >"$POD/target/.restore/ready/data/1.dump"
  run restore
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *"REFUSED: 1.dump cannot be loaded; the reason is above. The backup is untouched, and there is no database." ]]
  [ ! -e "$POD/target/$DB_MAJOR/docker" ]
  [ -e "$POD/target/.restore/ready/manifest.json" ]
}

@test "a backup of another engine or of a later version is refused" {
  backup
  fetched
  sed -i 's/"engine": "postgres"/"engine": "mysql"/' "$POD/target/.restore/ready/manifest.json"
  run restore
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *'REFUSED: the backup is one of "mysql", this is postgres.' ]]
  fetched
  sed -i "s/\"server\": \"[0-9.]*\"/\"server\": \"$((DB_MAJOR + 1)).1\"/" "$POD/target/.restore/ready/manifest.json"
  run restore
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *"REFUSED: the backup comes from version $((DB_MAJOR + 1)).1, this is $DB_MAJOR. "* ]]
}

@test "an empty database never takes the place of a backup that was declared, or begun" {
  backup
  fetched
  rm -r "$POD/target/.restore"
  run restore
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *"REFUSED: a backup was declared as the data source, and none lies in $POD/target/.restore. Nothing was changed." ]]
  fetched
  run restore RESTORE=false
  [ "$status" -eq 1 ]
  [[ "${lines[-1]}" == *"REFUSED: a backup lies in $POD/target/.restore, and was not loaded. "* ]]
}

@test "a wrong password, and a server that is not there" {
  echo wrong >"$POD/wrong"
  backup PASSWORD_FILE="$POD/wrong"
  failed "the server at 127.0.0.1:$PORT cannot be asked as app"
  backup DB_PORT=1
  failed 'the server at 127.0.0.1:1 cannot be asked as app'
}

@test "a table that may not be read" {
  query -d app -c 'CREATE TABLE hidden (a int)'
  backup
  query -d app -c 'DROP TABLE hidden'
  failed 'database 1 cannot be counted by app'
}

@test "a table whose rows may not all be read" {
  query -d app -c 'CREATE TABLE veiled (a int)' -c 'GRANT SELECT ON veiled TO app' -c 'ALTER TABLE veiled ENABLE ROW LEVEL SECURITY'
  backup
  query -d app -c 'DROP TABLE veiled'
  failed 'database 1 cannot be counted by app'
}

@test "a client of another major" {
  mkdir -p "$POD/old"
  printf '#!/bin/sh\necho "pg_dump (PostgreSQL) 99.1 (Debian 99.1-1)"\n' >"$POD/old/pg_dump"
  chmod +x "$POD/old/pg_dump"
  STUB_PATH=$POD/old backup
  failed "pg_dump is of version 99.1, the server of $DB_MAJOR."
}

@test "the connection of the dump is cut in the middle" {
  mkdir -p "$POD/cut"
  printf '#!/bin/sh\ncase "$*" in *--version*) exec "%s/pg_dump" "$@" ;; esac\n' "$BIN" >"$POD/cut/pg_dump"
  printf '"%s/pg_dump" "$@" & sleep 0.2; psql -Xqc "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()"; wait $!\n' "$BIN" >>"$POD/cut/pg_dump"
  chmod +x "$POD/cut/pg_dump"
  query -d app -c 'INSERT INTO orders SELECT n, repeat(md5(n::text), 50) FROM generate_series(20001, 80000) AS n'
  STUB_PATH=$POD/cut backup
  query -d app -c 'DELETE FROM orders WHERE id > 20000'
  failed 'database 1'
}

@test "an archive that is cut off on its way to the disk" {
  mkdir -p "$POD/short"
  printf '#!/bin/bash\n"%s/pg_dump" "$@" || exit\nfor each; do case "$each" in --file=*) truncate -s -1000 "${each#--file=}" ;; esac; done\n' "$BIN" >"$POD/short/pg_dump"
  chmod +x "$POD/short/pg_dump"
  STUB_PATH=$POD/short backup
  failed 'cannot be read back'
}

@test "a database that takes no connections" {
  query -d postgres -c "ALTER DATABASE \"we'ird \"\"db\" ALLOW_CONNECTIONS false"
  backup
  query -d postgres -c "ALTER DATABASE \"we'ird \"\"db\" ALLOW_CONNECTIONS true"
  failed '1 databases take no connections and cannot be dumped'
}

@test "tables in a database that is not dumped" {
  query -d postgres -c 'CREATE TABLE forgotten (a int)'
  backup
  query -d postgres -c 'DROP TABLE forgotten'
  failed 'the database postgres, which is not dumped, has 1 tables'
}

@test "a time limit of the role does not end the dump" {
  mkdir -p "$POD/late"
  printf '#!/bin/sh\ncase "$*" in *--version*) ;; *) sleep 2 ;; esac\nexec "%s/pg_dump" "$@"\n' "$BIN" >"$POD/late/pg_dump"
  chmod +x "$POD/late/pg_dump"
  query -d postgres -c "ALTER ROLE app SET idle_in_transaction_session_timeout = '1s'"
  STUB_PATH=$POD/late backup
  query -d postgres -c 'ALTER ROLE app RESET ALL'
  [ "$status" -eq 0 ]
}

@test "SIGTERM ends the dump within a second, and says so" {
  mkdir -p "$POD/slow"
  printf '#!/bin/sh\ncase "$*" in *--version*) exec "%s/pg_dump" "$@" ;; esac\nexec sleep 60\n' "$BIN" >"$POD/slow/pg_dump"
  chmod +x "$POD/slow/pg_dump"
  (
    STUB_PATH=$POD/slow
    backup
    printf '%s\n%s\n' "$status" "${lines[-1]}" >"$POD/stopped"
  ) 3>&- &
  eventually 20 pgrep -u "$DB_OS_USER" -f 'scripts/backup.sh'
  eventually 20 pgrep -u "$DB_OS_USER" -f '^sleep 60'
  kill -TERM "$(pgrep -o -u "$DB_OS_USER" -f 'bash .*scripts/backup.sh')"
  eventually 3 test -s "$POD/stopped"
  [ "$(head -n 1 "$POD/stopped")" = 143 ]
  [[ "$(tail -n 1 "$POD/stopped")" == *'FAILED: stopped from outside, '* ]]
}

@test "the password is in no output, no argument and no environment of a program" {
  mkdir -p "$POD/look"
  printf '#!/bin/sh\ncase "$*" in *--version*) exec "%s/pg_dump" "$@" ;; esac\n{ tr "\\0" "\\n" </proc/$PPID/environ; tr "\\0" "\\n" </proc/$$/environ; echo "$@"; } >>"%s/seen"\nexec "%s/pg_dump" "$@"\n' "$BIN" "$POD/run" "$BIN" >"$POD/look/pg_dump"
  chmod +x "$POD/look/pg_dump"
  STUB_PATH=$POD/look backup
  [ "$status" -eq 0 ]
  grep -q PGPASSFILE "$POD/run/seen"
  run ! grep -F "pa:ss" "$POD/run/seen" "$POD/scratch/manifest.json"
  [[ "$output" != *'pa:ss'* ]]
}

# The last one: from here on the source has nothing.
@test "a database that is suddenly empty, without rows or without tables" {
  query -d app -c 'TRUNCATE orders, parts, "we'\''ird ""table
"'
  echo '3 20005' >"$POD/scratch/previous"
  backup
  failed 'all tables are empty, and had 20005 rows at the last backup.'
  backup ACCEPT_EMPTY=true
  [ "$status" -eq 0 ]
  query -d app -c 'DROP TABLE orders, parts, "we'\''ird ""table
" CASCADE'
  backup
  failed 'the database is empty, and had 3 tables or keys at the last backup.'
  backup ACCEPT_EMPTY=true
  [ "$status" -eq 0 ]
  rm "$POD/scratch/previous"
}
