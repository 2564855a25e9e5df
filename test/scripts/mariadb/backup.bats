#!/usr/bin/env bats
# shellcheck disable=SC2016,SC2030,SC2031 # each test is a subshell, that is meant
# backup.sh with a real MariaDB, by the application's own role.

bats_require_minimum_version 1.5.0

setup_file() {
  load real
  real_pod "$BATS_FILE_TMPDIR/pod" "$(free_port)"
  echo "$PORT" >"$BATS_FILE_TMPDIR/port"
  start_pod
  fill
}

teardown_file() {
  load real
  POD=$BATS_FILE_TMPDIR/pod
  stop_pod
}

setup() {
  load real
  POD=$BATS_FILE_TMPDIR/pod PORT=$(<"$BATS_FILE_TMPDIR/port") WORK=$BATS_FILE_TMPDIR/pod/scratch/$BATS_TEST_NUMBER MEMORY=$BATS_FILE_TMPDIR/pod/memory/$BATS_TEST_NUMBER
  SERIES=$(mariadbd --version | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
}

# Keeps the table in $1 from everybody until the file `release` is there.
hold() {
  { echo "LOCK TABLES $1 WRITE;"; while [ ! -e "$BATS_TEST_TMPDIR/release" ]; do sleep 0.1; done; } 3>&- | as_superuser --unbuffered 3>&- &
  eventually 5 is_held "$1"
}

is_held() { ! as_superuser --execute="SET lock_wait_timeout = 0; SELECT 1 FROM $1 LIMIT 1" >/dev/null 2>&1; }

waits() { [ -n "$(as_superuser --execute="SELECT 1 FROM information_schema.processlist WHERE user = 'app' AND state LIKE 'Waiting for%lock'")" ]; }

# A backup in the background that waits for the table in $1.
held_backup() {
  hold "$1"
  # The number of the script itself, and not of a shell around it.
  backup >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- &
  BACKUP=$!
  eventually 10 waits
}

release() {
  status=0
  touch "$BATS_TEST_TMPDIR/release"
  wait "$BACKUP" || status=$?
  output=$(<"$BATS_TEST_TMPDIR/output")
}

teardown() { touch "$BATS_TEST_TMPDIR/release"; }

@test "everything that the role sees is dumped, and what is counted is what is in the file" {
  run backup
  echo "$output"
  [ "$status" -eq 0 ]
  grep -qxF "  \"counts\": $COUNTS" "$WORK/manifest.json"
  grep -qxF '  "objects": 6,' "$WORK/manifest.json"
  grep -qE "^  \"server\": \"$SERIES\.[0-9]+\",$" "$WORK/manifest.json"
  grep -qE '^  "position": "(GTID 0-1-[0-9]+ )?binlog.[0-9]+:[0-9]+( GTID 0-1-[0-9]+)?",$' "$WORK/manifest.json"
  [ "$(sort "$WORK/data/definers.txt")" = $'`app`@`%`\n`ghost`@`10.%`' ]
}

@test "the password is in a file in memory that nobody else reads, and nowhere else" {
  run backup
  [ "$status" -eq 0 ]
  [[ "$output" != *"$SECRET"* ]]
  [ "$(stat -c %a "$MEMORY/client.cnf")" = 600 ]
  run ! grep -rqF -e "$SECRET" "$WORK"
  # Every program that the backup runs, with its arguments.
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\n{ printf "%%s\\n" "$0" "$@"; env; } >>%s\nexec /usr/bin/${0##*/} "$@"\n' "$BATS_TEST_TMPDIR/said" >"$BATS_TEST_TMPDIR/bin/mariadb"
  cp "$BATS_TEST_TMPDIR/bin/mariadb" "$BATS_TEST_TMPDIR/bin/mariadb-dump"
  chmod -R a+rx "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR"/bin/*
  touch "$BATS_TEST_TMPDIR/said"
  chmod a+w "$BATS_TEST_TMPDIR/said"
  FIRST_IN_PATH=$BATS_TEST_TMPDIR/bin run backup
  [ "$status" -eq 0 ]
  grep -q -- --single-transaction "$BATS_TEST_TMPDIR/said"
  run ! grep -qF -e "$SECRET" -e 'p'"'"'a' "$BATS_TEST_TMPDIR/said"
}

@test "a wrong password, and a server that is not there, fail" {
  run backup PASSWORD_FILE="$POD/credentials/reader-password"
  failed "the server at 127.0.0.1:$PORT cannot be asked as app"
  [[ "$output" == *"Access denied"* ]]
  run backup DB_PORT=1
  failed "the server at 127.0.0.1:1 cannot be asked as app"
}

@test "a connection that has to be encrypted, and is not, fails" {
  run backup TLS=true
  failed ""
  [[ "$output" == *"did not encrypt the connection"* || "$output" == *"SSL"* ]]
}

@test "a role that does not see everything is told what it lacks" {
  run backup DB_USER=reader PASSWORD_FILE="$POD/credentials/reader-password"
  failed "reader does not see everything in the databases that it sees. It has to be granted, and not by way of a role: EVENT on app, EXECUTE on app, TRIGGER on app"
  as_superuser --execute="GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON app.* TO reader@'%'; GRANT SELECT ON mysql.proc TO reader@'%'"
  run backup DB_USER=reader PASSWORD_FILE="$POD/credentials/reader-password"
  as_superuser --execute="REVOKE TRIGGER, EVENT, EXECUTE ON app.* FROM reader@'%'; REVOKE SELECT ON mysql.proc FROM reader@'%'"
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "a routine whose text the role may not see is no backup without it" {
  as_superuser --execute="CREATE DEFINER=ghost@'10.%' FUNCTION app.hidden() RETURNS int DETERMINISTIC RETURN 1"
  run backup
  as_superuser --execute="DROP FUNCTION app.hidden"
  failed "mariadb-dump ended with"
}

@test "tables of another storage engine are refused by name" {
  as_superuser --execute="CREATE TABLE app.old (id int) ENGINE=MyISAM; CREATE TABLE app.older (id int) ENGINE=Aria"
  run backup
  as_superuser --execute="DROP TABLE app.old, app.older"
  failed "only tables of InnoDB can be dumped at one moment. Change these with ALTER TABLE … ENGINE=InnoDB, or drop them: app.old (MyISAM), app.older (Aria)"
}

@test "what is written while the dump is made is not in it, nor in its numbers" {
  held_backup app.nothing
  as_superuser --execute="DELETE FROM app.t WHERE id > 1; UPDATE app.t SET v = 'afterwards'"
  release
  [ "$status" -eq 0 ]
  grep -qxF "  \"counts\": $COUNTS" "$WORK/manifest.json"
  run ! grep -qF afterwards "$WORK/data/databases.sql"
}

@test "a table that is changed while the dump is made fails it" {
  as_superuser --execute='CREATE TABLE app.u (id int); INSERT INTO app.u VALUES (1)'
  held_backup app.nothing
  as_superuser --execute='TRUNCATE app.u'
  release
  as_superuser --execute='DROP TABLE app.u'
  failed "mariadb-dump ended with 3"
  [[ "$output" == *"Table definition has changed"* ]]
}

@test "a table that is renamed away from the tool's path is missed" {
  as_superuser --execute='CREATE DATABASE zz; CREATE TABLE zz.moving (id int); GRANT ALL ON zz.* TO app@"%"'
  held_backup app.nothing
  as_superuser --execute='RENAME TABLE zz.moving TO app.moving'
  release
  as_superuser --execute='DROP DATABASE zz; DROP TABLE app.moving; REVOKE ALL ON zz.* FROM app@"%"'
  failed 'tables were dropped or renamed while the dump was made, and are not in it: "zz.moving"'
}

@test "a connection that is lost in the middle fails" {
  held_backup app.nothing
  as_superuser --execute='KILL USER app'
  release
  failed "mariadb-dump ended with"
}

@test "SIGTERM ends the backup and its tool within a second, and says so" {
  local tool script
  held_backup app.nothing
  tool=$(pgrep -nf -- "mariadb-dump --defaults-file=$POD")
  script=$(pgrep -of -- "^bash $SCRIPTS/backup.sh|^/usr/bin/env bash $SCRIPTS/backup.sh|bash .*$SCRIPTS/backup.sh")
  while [ "$(ps -o ppid= -p "$tool" | tr -d ' ')" != "$script" ]; do script=$(ps -o ppid= -p "$tool" | tr -d ' '); done
  kill -s TERM "$script"
  eventually 2 gone "$script"
  eventually 2 gone "$tool"
  release
  failed "stopped from outside"
}

@test "tools of another series, and a server of the other product, are refused" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\necho "mariadb-dump from 99.1.2-MariaDB, client 10.19 for debian-linux-gnu (x86_64)"\n' >"$BATS_TEST_TMPDIR/bin/mariadb-dump"
  chmod -R a+rx "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/bin/mariadb-dump"
  FIRST_IN_PATH=$BATS_TEST_TMPDIR/bin run backup
  failed "mariadb-dump is of series 99.1, the server of version $SERIES."
  printf '#!/bin/sh\ncat >/dev/null\necho 8.4.11\n' >"$BATS_TEST_TMPDIR/bin/mariadb"
  chmod a+rx "$BATS_TEST_TMPDIR/bin/mariadb"
  FIRST_IN_PATH=$BATS_TEST_TMPDIR/bin run backup
  failed "the server is of version 8.4.11, which is not MariaDB"
}

@test "a disk that is full fails" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '%s\n' '#!/bin/bash' 'for word in "$@"; do case $word in --result-file=*) word=--result-file=/dev/full ;; esac; words+=("$word"); done' \
    'exec /usr/bin/mariadb-dump "${words[@]}"' >"$BATS_TEST_TMPDIR/bin/mariadb-dump"
  chmod -R a+rx "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/bin/mariadb-dump"
  FIRST_IN_PATH=$BATS_TEST_TMPDIR/bin run backup
  failed "mariadb-dump ended with 5"
}

@test "a server without databases of users is no backup" {
  as_superuser --execute="CREATE USER nobodys@'%' IDENTIFIED BY 'reader'"
  run backup DB_USER=nobodys PASSWORD_FILE="$POD/credentials/reader-password"
  failed "the server has no database that nobodys may see"
}
