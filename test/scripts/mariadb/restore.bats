#!/usr/bin/env bats
# shellcheck disable=SC2016,SC2030,SC2031,SC2034 # each test is a subshell, that is meant
# start.sh with a real MariaDB begins with a backup that backup.sh made of another one.

bats_require_minimum_version 1.5.0

setup_file() {
  load real
  real_pod "$BATS_FILE_TMPDIR/pod" "$(free_port)"
  start_pod
  fill
  WORK=$POD/scratch/1 MEMORY=$POD/memory/1
  backup
  stop_pod
}

teardown_file() {
  load real
  POD=$BATS_FILE_TMPDIR/pod
  stop_pod
}

setup() {
  load real
  BACKUP=$BATS_FILE_TMPDIR/pod/scratch/1
  real_pod "$BATS_FILE_TMPDIR/pod-$BATS_TEST_NUMBER" "$(free_port)"
  put_backup
}

teardown() { stop_pod; }

# As fetch.sh leaves it.
put_backup() {
  mkdir -p "$POD/volume/.restore/ready"
  cp -r "$BACKUP/data" "$BACKUP/manifest.json" "$POD/volume/.restore/ready"
  if [ "$(id -u)" -eq 0 ]; then chown -R "$SERVER_USER" "$POD/volume"; fi
}

# One function of check.sh, with arguments.
check() { in_pod bash -c 'source "$1/check.sh" && "${@:2}"' - "$SCRIPTS" "$@"; }

declined() {
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [ ! -e "$POD/volume/data" ]
  [ -s "$POD/volume/.restore/ready/data/databases.sql" ]
}

attempt() { run in_pod timeout 60 "$SCRIPTS/start.sh"; }

@test "a new database has every row, view, routine, trigger and event, and its own users" {
  printf 'another' >"$POD/credentials/password"
  RESTORE=true start_pod 60
  check server_answers
  [ "$(check counted)" = "$COUNTS" ]
  check integrity
  check assertion 'SELECT COUNT(*) = 4 FROM t'
  run ! check assertion 'SELECT COUNT(*) = 5 FROM t'
  run ! check assertion 'SELECT nonsense'
  [ "$(as_superuser --execute="SELECT user FROM mysql.user WHERE user IN ('app', 'reader', 'ghost') ORDER BY 1")" = $'app\nreader' ]
  [ "$(as_superuser --execute='SELECT app.seven(), (SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = "app"),
    (SELECT COUNT(*) FROM information_schema.events), (SELECT COUNT(*) FROM app.kept FOR SYSTEM_TIME ALL)')" = $'7\t1\t1\t2' ]
  [ "$(as_superuser --raw --execute='SELECT v FROM app.t WHERE id = 1')" = "it's \\ (1),(2); \"x\" "$'\n'' line), (' ]
  [ "$(as_superuser --execute='SELECT HEX(v) FROM app.t WHERE id = 4')" = 001A ]
  [ ! -e "$POD/volume/.restore" ]
  grep -qF '"id": "id-1"' "$POD/volume/.restored.json"
  says "$POD/start.sh.output" "this database was restored from backup id-1"
  in_pod mariadb --no-defaults --protocol=tcp --host=127.0.0.1 --port="$PORT" --user=app --password=another --execute='SELECT 1'
  # What was written afterwards stays when the server starts again, and the backup is not loaded again.
  as_superuser --execute='DELETE FROM app.t'
  stop_pod
  RESTORE=true start_pod 60
  check assertion 'SELECT COUNT(*) = 0 FROM t'
}

@test "a view whose account nobody declared is there, and works when somebody makes the account" {
  RESTORE=true start_pod 60
  run ! as_superuser --execute='SELECT * FROM `-other ``"'"'"' ö`.seen'
  as_superuser --execute="CREATE USER ghost@'10.%'; GRANT SELECT, EXECUTE ON app.* TO ghost@'10.%'"
  [ "$(as_superuser --execute='SELECT COUNT(*), MAX(n) FROM `-other ``"'"'"' ö`.seen')" = $'4\t7' ]
}

@test "a check finds a table that lost a row, and one that is damaged" {
  RESTORE=true start_pod 60
  as_superuser --execute='DELETE FROM app.t WHERE id = 2'
  [ "$(check counted)" != "$COUNTS" ]
  check integrity
  as_superuser --execute='CREATE TABLE app.broken (id int) ENGINE=MyISAM; INSERT INTO app.broken VALUES (1); FLUSH TABLES'
  printf 'x' >"$POD/volume/data/app/broken.MYD"
  run check integrity
  echo "$output"
  [ "$status" -ne 0 ]
}

@test "a backup of another engine or of a newer series is refused" {
  sed -i 's/"engine": "mariadb"/"engine": "mysql"/' "$POD/volume/.restore/ready/manifest.json"
  RESTORE=true attempt
  declined 'the backup is one of "mysql", this is mariadb'
  cp "$BACKUP/manifest.json" "$POD/volume/.restore/ready/manifest.json"
  sed -i 's/"server": ".*"/"server": "99.1.2"/' "$POD/volume/.restore/ready/manifest.json"
  RESTORE=true attempt
  declined "the backup comes from version 99.1.2, this is $SERIES"
  sed -i 's/"server": ".*"/"server": ""/' "$POD/volume/.restore/ready/manifest.json"
  RESTORE=true attempt
  declined "the backup does not say which version it comes from"
}

@test "a restore that is not declared any more, or that has no backup, is not followed by an empty database" {
  attempt
  declined "a backup lies in"
  rm -r "$POD/volume/.restore"
  RESTORE=true attempt
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: a backup was declared as the data source, and none lies in"* ]]
  [ ! -e "$POD/volume/data" ]
}

@test "a dump that cannot be loaded leaves no database and stays, and a good one is loaded then" {
  sed -i 's/^INSERT INTO `new$/INSERT INTO `never/' "$POD/volume/.restore/ready/data/databases.sql"
  RESTORE=true attempt
  declined "databases.sql cannot be loaded"
  put_backup
  RESTORE=true start_pod 60
  [ "$(check counted)" = "$COUNTS" ]
}

@test "a client's own commands in a dump are not run" {
  printf '\\! touch %s/harm\nsystem touch %s/harm\n' "$POD" "$POD" >>"$POD/volume/.restore/ready/data/databases.sql"
  RESTORE=true attempt
  declined "databases.sql cannot be loaded"
  [ ! -e "$POD/harm" ]
}

@test "a start that is killed while it loads is made again from the backup" {
  local rounds=0 wait
  for wait in 0.2 1 1.6 2 2.4; do
    rm -f "$POD/run/private.sock"
    RESTORE=true IN_PLACE=yes in_pod "$SCRIPTS/start.sh" >"$POD/killed" 2>&1 3>&- &
    sleep "$wait"
    kill -s KILL "$!" 2>/dev/null || true
    # In a pod, everything ends with process 1.
    while read -r server; do kill -s KILL "$server" 2>/dev/null || true; done < <(pgrep -f -- "$POD/volume/data")
    while pgrep -f -- "$POD/volume/data" >/dev/null; do sleep 0.1; done
    rounds=$((rounds + 1))
    if [ ! -e "$POD/volume/data" ]; then [ -s "$POD/volume/.restore/ready/data/databases.sql" ]; fi
  done
  [ "$rounds" -eq 5 ]
  RESTORE=true start_pod 60
  [ "$(check counted)" = "$COUNTS" ]
  run ! compgen -G "$POD/volume/data.initializing*"
}
