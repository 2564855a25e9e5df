# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2153,SC2154 # `run` of bats sets status and output; the bats files use the rest
# A real MariaDB (10.11 or later) as an unprivileged user: the packages mariadb-server-core and mariadb-client-core.

# shellcheck source-path=SCRIPTDIR source=common.bash
source "$BATS_TEST_DIRNAME/common.bash"
SERVER_USER=nobody

unprivileged() {
  if [ "$(id -u)" -eq 0 ]; then
    set -- setpriv --reuid="$SERVER_USER" --regid="$(id -g "$SERVER_USER")" --clear-groups "$@"
  fi
  if [ -n "${IN_PLACE:-}" ]; then exec "$@"; fi
  "$@"
}

# A port that nobody listens on.
free_port() {
  local port=$((20000 + $$ % 10000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  printf '%s' "$port"
}

# The folder of a pod, as real_pod makes it, and its port.
in_pod() {
  unprivileged env -i PATH="${FIRST_IN_PATH:+$FIRST_IN_PATH:}/usr/bin:/usr/sbin:/bin" LANG=C.UTF-8 HOSTNAME=orders-0 CONFIG_DIR="$POD/config" \
    CREDENTIALS_DIR="$POD/credentials" DATA_DIR="$POD/volume/data" DATA_MUST_EXIST=false DB_SERIES="${DB_SERIES:-$SERIES}" ENGINE="${ENGINE:-mariadb}" \
    RESTORE="${RESTORE:-false}" PRIVATE_SOCKET="$POD/run/private.sock" SOCKET="$POD/run/server.sock" TMP_DIR="$POD/volume/tmp" TLS_DIR='' \
    VOLUME_DIR="$POD/volume" READY_MARK="$POD/run/.reconciled" RECONCILE_INTERVAL=0.3 ACCOUNT_PLUGIN=mysql_native_password RUN_DIR="$POD/run" \
    DB_NAME=app "$@"
}

# real_pod FOLDER PORT: its settings, users and passwords.
real_pod() {
  POD=$1 PORT=$2
  SERIES=$(mariadbd --version | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
  mkdir -p "$POD"/{config,credentials,run,volume,scratch,memory}
  printf '[mysqld]\ndatadir = %s\nlog_bin = binlog\nport = %s\nbind_address = 127.0.0.1\nsocket = %s\ntmpdir = %s\n' "$POD/volume/data" "$PORT" \
    "$POD/run/server.sock" "$POD/volume/tmp" >"$POD/config/my.cnf"
  printf 'innodb_buffer_pool_size = 32M\nskip_name_resolve = ON\ninnodb_log_file_size = 16M\ncharacter_set_server = utf8mb4\n' >>"$POD/config/my.cnf"
  printf 'user app password 0\nuser reader reader-password 0\ndatabase app\ngrant app app ALL\ngrant reader app SELECT,SHOW_VIEW\n' >"$POD/config/declared"
  printf '%s' "$SECRET" >"$POD/credentials/password"
  printf 'reader' >"$POD/credentials/reader-password"
  chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/* "$POD"
  if [ "$(id -u)" -eq 0 ]; then chown -R "$SERVER_USER" "$POD"; fi
}

# Everything that a name or a value can hold. The password too.
SECRET="p'a\"s\\s#w;ö  r\$d "
fill() {
  as_superuser <<'SQL'
CREATE DATABASE `-other ``"' ö`;
USE app;
CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, v varchar(200), b blob, g int GENERATED ALWAYS AS (length(v)) STORED);
INSERT INTO t (v, b) VALUES ('it''s \\ (1),(2); "x" \n line), (', x'00ff27285c'), ('ö€),(''', NULL), ('--', x'28'), ('\0\Z', NULL);
CREATE TABLE `a``b"c'd ö\` (`x``( y` int, `VALUES (` varchar(10));
INSERT INTO `a``b"c'd ö\` VALUES (1, '),('), (2, NULL);
CREATE TABLE `new
line` (`c
INSERT INTO ``t`` VALUES (` int);
INSERT INTO `new
line` VALUES (1), (2), (3);
CREATE TABLE nothing (id int PRIMARY KEY);
CREATE TABLE kept (id int) WITH SYSTEM VERSIONING;
INSERT INTO kept VALUES (1), (2);
DELETE FROM kept WHERE id = 1;
CREATE SEQUENCE counter START WITH 5;
CREATE TABLE `-other ``"' ö`.`--x` (id int);
INSERT INTO `-other ``"' ö`.`--x` VALUES (1);
DELIMITER ;;
CREATE DEFINER=app@'%' FUNCTION seven() RETURNS int DETERMINISTIC RETURN 7;;
CREATE DEFINER=app@'%' TRIGGER counting BEFORE INSERT ON t FOR EACH ROW BEGIN
INSERT INTO `nothing` VALUES (NEW.id);
END;;
DELIMITER ;
CREATE DEFINER=ghost@'10.%' VIEW `-other ``"' ö`.seen AS SELECT id, app.seven() AS n FROM app.t;
CREATE DEFINER=app@'%' EVENT later ON SCHEDULE EVERY 1 DAY DO DELETE FROM app.nothing;
GRANT ALL ON `-other ``"' ö`.* TO app@'%';
SQL
}

COUNTS='{ "-other `\"'"'"' ö.--x": 1, "app.a`b\"c'"'"'d ö\\": 2, "app.kept": 2, "app.new\u000aline": 3, "app.nothing": 0, "app.t": 4 }'

as_superuser() { in_pod mariadb --no-defaults --socket="$POD/run/server.sock" --default-character-set=utf8mb4 --batch --skip-column-names "$@"; }

# Starts the server and what makes its users, under the numbers in server.pid and reconcile.pid.
start_pod() {
  local script name
  rm -f "$POD/run/.reconciled"
  for script in start.sh reconcile.sh; do
    name=$script
    IN_PLACE=yes in_pod "$SCRIPTS/$script" >>"$POD/$name.output" 2>&1 3>&- &
    echo "$!" >"$POD/$name.pid"
  done
  eventually "${1:-30}" test -e "$POD/run/.reconciled"
}

stop_pod() {
  local script
  for script in reconcile.sh start.sh; do
    if [ -s "$POD/$script.pid" ]; then
      kill -s TERM "$(<"$POD/$script.pid")" 2>/dev/null || true
      eventually 20 gone "$(<"$POD/$script.pid")"
    fi
  done
}

# backup [VARIABLE=VALUE]...: in WORK, with MEMORY for its secrets.
backup() {
  rm -rf "$WORK" "$MEMORY"
  mkdir -p "$WORK" "$MEMORY"
  echo id-1 >"$WORK/id"
  if [ "$(id -u)" -eq 0 ]; then chown -R "$SERVER_USER" "$WORK" "$MEMORY"; fi
  in_pod env METHOD=dump DATABASE=orders ACCEPT_EMPTY=false DB_HOST=127.0.0.1 DB_PORT="$PORT" DB_USER=app PASSWORD_FILE="$POD/credentials/password" \
    TLS=false WORK="$WORK" RUN_DIR="$MEMORY" "$@" timeout 60 "$SCRIPTS/backup.sh"
}

# The backup failed, said why, and left nothing to be taken for one.
failed() {
  echo "$output"
  [ "$status" -ne 0 ]
  [[ "$output" == *"FAILED: "*"$1"* ]]
  [[ "$output" != *"$SECRET"* ]]
  [ ! -e "$WORK/manifest.json" ]
}
