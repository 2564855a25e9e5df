#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# What MariaDB does otherwise than MySQL: how its data are made, known, refused and upgraded, and how its users are set.

bats_require_minimum_version 1.5.0

setup() {
  load common
  start_environment 11.8
  export PATH="$OWN_STUBS:$STUBS:$PATH"
  unset STUB_VERSION
}

make_data() { # version, the file that holds it
  mkdir -p "$DATA_DIR"
  touch "$DATA_DIR/ibdata1" "$DATA_DIR/aria_log_control"
  echo "$1-MariaDB" >"$DATA_DIR/${2:-mariadb_upgrade_info}"
  echo complete >"$DATA_DIR/complete"
}

@test "an empty volume is initialised with the pod's own user as the superuser over the socket" {
  start
  served
  grep -qxF -- --auth-root-authentication-method=socket "$BATS_TEST_TMPDIR/install.arguments"
  grep -qxF -- "--auth-root-socket-user=$(id -un)" "$BATS_TEST_TMPDIR/install.arguments"
  grep -qxF -- "--datadir=$DATA_DIR.initializing-orders-0" "$BATS_TEST_TMPDIR/install.arguments"
  grep -qF 'ACCOUNT LOCK' "$BATS_TEST_TMPDIR/statements"
  [ ! -e "$BATS_TEST_TMPDIR/upgrades" ]
}

@test "data of MySQL are refused" {
  mkdir -p "$DATA_DIR"
  touch "$DATA_DIR/ibdata1" "$DATA_DIR/mysql.ibd"
  start
  refused "are not MariaDB's"
}

@test "an image of MySQL, or of another series, is refused" {
  STUB_VERSION='mysqld  Ver 11.8.0 for Linux on x86_64 (MySQL Community Server - GPL)' start
  refused "declared is MariaDB 11.8"
  STUB_VERSION='mariadbd  Ver 11.4.13-MariaDB for debian-linux-gnu on x86_64' start
  refused "declared is MariaDB 11.8"
}

@test "data of a newer series are refused; those of another patch release are opened as they are" {
  make_data 12.3.3
  start
  refused "holds data of MariaDB 12.3.3, this is 11.8.9"
  [ ! -e "$BATS_TEST_TMPDIR/private" ]
  make_data 11.8.2
  start
  served
  [ ! -e "$BATS_TEST_TMPDIR/upgrades" ]
}

@test "data of an older series are upgraded without network before they are served, and once" {
  make_data 10.11.9 mysql_upgrade_info
  start
  served
  [[ "$output" == *"upgrading the system tables of version 10.11.9 to 11.8"* ]]
  grep -q -- --skip-networking "$BATS_TEST_TMPDIR/private"
  grep -qF -- "--user=$(id -un) --force" "$BATS_TEST_TMPDIR/upgrades"
  start
  served
  [ "$(wc -l <"$BATS_TEST_TMPDIR/upgrades")" -eq 1 ]
}

@test "an upgrade that fails is no start, and is tried again" {
  make_data 11.4.5
  touch "$BATS_TEST_TMPDIR/upgrade.error"
  start
  [ "$status" -ne 0 ]
  [[ "$output" != *"SERVER --"* ]]
  rm "$BATS_TEST_TMPDIR/upgrade.error"
  sleep 0.3 # a private server without its parent ends
  start
  served
  [ "$(wc -l <"$BATS_TEST_TMPDIR/upgrades")" -eq 2 ]
}

@test "users are set with the plugin that was asked for, in sessions that no log hears of" {
  local plugin
  for plugin in mysql_native_password ed25519; do
    # shellcheck disable=SC2016 # for the inner shell
    run env ACCOUNT_PLUGIN="$plugin" bash -c 'source "$SCRIPTS/product.sh" && account_sql app "'"'x'"'" && session_sql'
    [ "$output" = "CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED VIA $plugin USING PASSWORD('x');
ALTER USER 'app'@'%' IDENTIFIED VIA $plugin USING PASSWORD('x');
SET SESSION sql_mode = '', sql_log_off = ON, sql_log_bin = OFF, slow_query_log = OFF;" ]
  done
}
