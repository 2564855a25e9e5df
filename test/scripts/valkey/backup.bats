#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# backup.sh with dump.sh on real servers, and what start.sh and check.sh make of the backup. Needs the package redis-server; runs
# with Valkey and other versions too: REAL=valkey.

bats_require_minimum_version 1.5.0

setup() {
  load common
  load real
  programs_or_skip
}

teardown() {
  kill_servers
  if [[ -n "${BACKUP:-}" ]]; then kill -s TERM "$BACKUP" 2>/dev/null || true; fi
}

source_pod() {
  make_pod source "$@"
  start_pod source
}

no_backup() {
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"backup.sh: FAILED: "*"$1"* ]]
  [[ "$output" != *canary* ]]
  [ ! -e "$WORK/manifest.json" ]
}

# Of every type, with names that are not harmless, in databases of all sizes; 20303 keys that never expire and 3 that do.
fill() {
  admin source <<'COMMANDS' >/dev/null
SET "-a \"quoted\" \\ name\n[offset 9] Checksum OK\n$(reboot)" "wörd \x00\xff"
RPUSH list a b c
SADD set a 1
ZADD zset 1.5 a
HSET hash field value
XADD stream 1-1 field value
PFADD hll a b c
SETRANGE long 100000 x
SELECT 3
SET kept 1
SET brief 1 EX 1000
SET briefer 1 PX 1000000
SELECT 7
DEBUG POPULATE 300
SELECT 9
DEBUG POPULATE 19994
SELECT 12
SET only-brief 1 EX 1000
FUNCTION LOAD "#!lua name=lib\nredis.register_function('f', function() return 42 end)"
COMMANDS
}

digest() { admin "$1" DEBUG DIGEST; }

@test "a backup of everything becomes a database with the same keys, values and functions" {
  export PASSWORD=$'ca"n\\a#r y\'wörd $x'
  source_pod
  fill
  run backup
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" != *'n\a#r'* ]]
  [ "$(manifest counts)" = '{ "db0": 8, "db3": 1, "db7": 300, "db9": 19994 }' ]
  [ "$(manifest objects)" = 20306, ]
  [[ "$(manifest server)" == "\"$DB_VERSION."*'",' ]]
  [[ "$(manifest position)" =~ ^\"[0-9a-f]{40}:[0-9]+\",$ ]]
  # Read from the memory: no file on the server's volume.
  [ ! -e "$BATS_TEST_TMPDIR/source/data/db/dump.rdb" ]
  make_pod target
  give_backup target
  RESTORE=true start_pod target
  check target server_answers
  check target integrity
  [ "$(check target counted)" = "$(manifest counts)" ]
  [ "$(check source counted)" = "$(manifest counts)" ]
  [ "$(digest target)" = "$(digest source)" ]
  [ "$(admin target 'FCALL f 0')" = 42 ]
  [[ "$(<"$BATS_TEST_TMPDIR/target/output")" == *"restored from backup 2026-11-21T00-00-00Z-abc"* ]]
  [ ! -e "$BATS_TEST_TMPDIR/target/data/.restore" ]
  # It is an ordinary database from here on.
  admin target 'SET new 1'
  kill_servers
  start_pod target
  [ "$(admin target 'GET new')" = 1 ]
  [ "$(check target counted)" = '{ "db0": 9, "db3": 1, "db7": 300, "db9": 19994 }' ]
}

@test "keys that expire before the drill change no count" {
  source_pod
  admin source <<<$'SET kept 1\nSET brief 1 PX 700\nSELECT 2\nSET brief 1 PX 700'
  run backup
  [ "$status" -eq 0 ]
  [ "$(manifest counts) $(manifest objects)" = '{ "db0": 1 } 3,' ]
  sleep 1
  make_pod target
  give_backup target
  RESTORE=true start_pod target
  [ "$(check target counted)" = '{ "db0": 1 }' ]
  check target integrity
}

@test "an assertion is true by its first line alone" {
  source_pod
  admin source 'SET a 1'
  check source assertion 'EXISTS a'
  check source assertion "EVAL \"return redis.call('dbsize') == 1\" 0"
  run ! check source assertion 'EXISTS b'
  run ! check source assertion 'NO SUCH COMMAND'
  run ! check source assertion $'EXISTS a\nEXISTS b'
  admin source 'SADD set 1'
  check source assertion 'SMISMEMBER set 1 2'
  run ! check source assertion 'SMISMEMBER set 2 1'
  admin source 'SET b 10'
  run ! check source assertion 'GET b'
}

@test "a server that is not there, or whose memory cannot be read again, has no integrity" {
  make_pod source 'rdbchecksum no'
  run ! check source integrity
  run ! check source server_answers
  run ! check source counted
  start_pod source
  run ! check source integrity
  kill_servers
  echo 'rdbchecksum yes' >>"$BATS_TEST_TMPDIR/source/config/server.conf"
  start_pod source
  check source integrity
  CHECKER=false run ! check source integrity
}

@test "an empty server is backed up, but not where it had something before" {
  source_pod
  run backup
  [ "$status" -eq 0 ]
  [ "$(manifest counts) $(manifest objects)" = '{ } 0,' ]
  [ "$(check source counted)" = '{ }' ]
  echo 7 >"$WORK/previous"
  run backup
  no_backup 'the database is empty, and had 7'
  run backup ACCEPT_EMPTY=true
  [ "$status" -eq 0 ]
}

@test "the application's role is refused, and told what is needed" {
  source_pod
  printf canary-app >"$BATS_TEST_TMPDIR/app"
  run backup DB_USER=app PASSWORD_FILE="$BATS_TEST_TMPDIR/app"
  # shellcheck disable=SC2016
  no_backup 'app may not read out the data, for which a user needs the commands +sync and +replconf. Say `backupUser`'
}

@test "a role that may not say what it understands is refused, although a snapshot came" {
  source_pod
  printf canary-half >"$BATS_TEST_TMPDIR/half"
  run backup DB_USER=half PASSWORD_FILE="$BATS_TEST_TMPDIR/half"
  no_backup 'half may not read out the data'
}

@test "a wrong password, none, and one of two lines are refused" {
  source_pod
  PASSWORD=canary-wrong run backup
  no_backup 'does not let backup in with this password'
  PASSWORD=$'canary\ntwo' run backup
  no_backup 'has a line break within it'
  PASSWORD=$'\n' run backup
  no_backup 'there is no password for backup'
  run backup PASSWORD_FILE=
  no_backup 'there is no password for backup'
  run backup PASSWORD_FILE=/nonexistent
  no_backup 'cannot be read'
}

@test "a line break at the end of the file is no part of the password" {
  PASSWORD=$'canary\n\n' source_pod
  PASSWORD=$'canary\n' run backup
  [ "$status" -eq 0 ]
}

@test "a server that is not there is named" {
  make_pod source
  run backup
  no_backup "the server at 127.0.0.1:$PORT cannot be reached"
}

@test "a server that loads is no source" {
  source_pod 'rdbcompression no'
  admin source 'DEBUG POPULATE 100 key 3000'
  backup
  make_pod target 'key-load-delay 200000' 'loading-process-events-interval-bytes 1024'
  give_backup target
  RESTORE=true start_pod target answers
  run backup
  no_backup 'the server still loads its data'
  run ! check target server_answers
  run ! check target counted
  # Killed in the middle of its first loading, it loads all of it again.
  kill_servers
  sed -i /key-load-delay/d "$BATS_TEST_TMPDIR/target/config/server.conf"
  start_pod target
  [ "$(check target counted)" = '{ "db0": 100 }' ]
}

@test "over TLS, and only where it is spoken" {
  local pod=$BATS_TEST_TMPDIR/source
  make_pod source
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=source -keyout "$pod/key" -out "$pod/crt" 2>/dev/null
  sed -i 's/^port /tls-port /' "$pod/config/server.conf"
  printf '%s\n' 'port 0' "tls-cert-file $pod/crt" "tls-key-file $pod/key" 'tls-auth-clients no' >>"$pod/config/server.conf"
  start_pod source
  run backup TLS=true
  [ "$status" -eq 0 ]
  rm -f "$WORK/manifest.json"
  run backup TLS=false
  no_backup 'could not be read'
  check source integrity
}

# The server sends a key every fifth of a second; the client has begun to write.
slow_backup() {
  source_pod 'rdb-key-save-delay 200000' 'rdbcompression no'
  admin source 'DEBUG POPULATE 500 key 3000'
  IN_PLACE=yes backup >"$BATS_TEST_TMPDIR/output" 2>&1 3>&- &
  BACKUP=$!
  eventually 10 test -s "$WORK/data/dump.rdb"
}

ended() {
  status=0
  eventually 5 gone "$BACKUP"
  wait "$BACKUP" || status=$?
  output=$(<"$BATS_TEST_TMPDIR/output")
}

@test "a server that is killed in the middle leaves no backup" {
  slow_backup
  kill_servers
  ended
  no_backup 'the snapshot could not be read, or not to its end'
}

@test "SIGTERM in the middle ends the client too, at once, and leaves no backup" {
  local client
  slow_backup
  client=$(pgrep -f -- "--rdb $WORK/data/dump.rdb")
  # Neither it nor anybody else has the password in an argument or a variable.
  run ! grep -lF canary /proc/[0-9]*/cmdline "/proc/$client/environ"
  kill -s TERM "$BACKUP"
  ended
  [ "$status" -eq 143 ]
  [[ "$output" == *'stopped from outside'* ]]
  eventually 2 gone "$client"
  [ ! -e "$WORK/manifest.json" ]
}

@test "a backup that runs is no replica for which writes are taken again on a full disk" {
  slow_backup
  admin source 'CONFIG SET min-replicas-to-write 1'
  [[ "$(admin source <<<$'SET a 1\nINFO replication')" == NOREPLICAS*connected_slaves:1* ]]
}

@test "a server that is stopped in the middle ends soon, and well" {
  slow_backup
  kill -s TERM "${SERVERS[0]}"
  eventually 7 gone "${SERVERS[0]}"
  wait "${SERVERS[0]}"
  ended
  no_backup 'the snapshot could not be read, or not to its end'
}

@test "a volume that is full leaves no backup" {
  source_pod 'rdbcompression no'
  admin source 'DEBUG POPULATE 100 key 3000'
  limited() { (ulimit -f 16 && backup); }
  run limited
  no_backup 'the snapshot could not be read, or not to its end'
}

# mangled COMMAND: a client that does something to the file, and says that all is well.
mangled() {
  # shellcheck disable=SC2016
  printf '#!/bin/bash\nfile=${@: -1}\n"%s" "$@" || exit\nif [ -f "$file" ]; then %s; fi\n' "$(command -v "$REAL-cli")" "$1" >"$BIN/mangler"
  chmod +x "$BIN/mangler"
  run backup CLIENT=mangler
}

@test "a file that was cut off, damaged or has something behind its end is no backup, and no key is told" {
  source_pod
  admin source 'SET secret-key canary-value-that-is-long-enough-to-be-found'
  # shellcheck disable=SC2016
  {
    mangled 'truncate -s -20 "$file"'
    no_backup 'the snapshot is damaged or cut off'
    mangled ': >"$file"'
    no_backup 'the snapshot is damaged or cut off'
    mangled 'rm "$file"'
    no_backup 'the snapshot is damaged or cut off'
    mangled 'sed -i s/long/lang/ "$file"'
    no_backup 'the snapshot is damaged or cut off'
    mangled 'printf mark >>"$file"'
    no_backup 'and the file does not'
    mangled 'printf "REDIS0099" >"$file"'
    no_backup 'the snapshot is damaged or cut off'
  }
  [[ "$output" != *secret-key* ]]
  mangled :
  [ "$status" -eq 0 ]
}

@test "a server that writes no sum is refused" {
  source_pod 'rdbchecksum no'
  run backup
  no_backup 'the snapshot has no sum'
}

@test "tools or a server of another series are refused" {
  source_pod
  run backup DB_VERSION=5
  no_backup 'the image has "'
  # shellcheck disable=SC2016
  printf '#!/bin/bash\nif [ "$1" = --version ]; then echo "client 5.0.1"; else exec %s "$@"; fi\n' "$(command -v "$REAL-cli")" >"$BIN/older"
  chmod +x "$BIN/older"
  run backup CLIENT=older DB_VERSION=5
  no_backup "the server is of version \"$DB_VERSION."
  run backup CLIENT=false
  no_backup 'cannot run false'
}

@test "numbers that do not fit what the checker has read are refused" {
  source_pod
  admin source 'SET a 1'
  printf '#!/bin/bash\n%s "$@" | sed "s/^\\[info\\] 1 keys/[info] 2 keys/"\n' "$(command -v "$CHECKER")" >"$BIN/miscounts"
  printf '#!/bin/bash\n%s "$@" | sed "s/^.offset [0-9]*. Selecting/[offset 3] Selecting/"\n' "$(command -v "$CHECKER")" >"$BIN/misplaces"
  chmod +x "$BIN/miscounts" "$BIN/misplaces"
  run backup CHECKER=miscounts
  no_backup 'should have 1 keys, 0 that expire'
  run backup CHECKER=misplaces
  no_backup 'does not say how many keys'
}
