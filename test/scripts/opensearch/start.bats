#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2016 # each test is a subshell, that is meant; a hash of bcrypt looks like variables
# start.sh with the access.sh of OpenSearch: with and without the security plugin.

setup() {
  load common
  image opensearch 3.9.0
  export OPENSEARCH_PATH_CONF=$CONF
  printf 'canary-of-admin' >"$CREDENTIALS_DIR/admin-password"
  echo roles >"$CONFIG_DIR/security-roles.yml"
  echo mapping >"$CONFIG_DIR/security-mapping.yml"
}

# The plugin, with the demonstration users of the image.
plugin() {
  mkdir -p "$SERVER_HOME/plugins/opensearch-security/tools" "$SERVER_HOME/config/opensearch-security"
  cp "$BATS_TEST_DIRNAME/stubs/hash.sh" "$SERVER_HOME/plugins/opensearch-security/tools/hash.sh"
  echo admin:admin >"$SERVER_HOME/config/opensearch-security/internal_users.yml"
  echo "of the image" | tee "$SERVER_HOME/config/opensearch-security/"{config,roles,roles_mapping}.yml >/dev/null
}

certificate() { # FIRST LINE OF THE KEY
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir -p "$TLS_DIR"
  echo certificate >"$TLS_DIR/tls.crt"
  printf '%s\nprivate\n' "$1" >"$TLS_DIR/tls.key"
}

@test "without security, an image that has the plugin is told so, and one that has none is not" {
  export APP_USER='' CREDENTIALS_DIR=''
  start
  served
  [ "$(<"$CONF/opensearch.yml")" = "of the database" ]
  plugin
  start
  served
  [ "$(<"$CONF/opensearch.yml")" = $'of the database\n\nplugins.security.disabled: true' ]
}

@test "with security, an image without the plugin is refused" {
  certificate '-----BEGIN PRIVATE KEY-----'
  start
  refused "the image has no security plugin"
}

@test "the application and the administrator are the only users, with hashes, and the certificate lies beside the settings" {
  plugin
  certificate '-----BEGIN PRIVATE KEY-----'
  start
  served
  [ "$(<"$CONF/opensearch-security/internal_users.yml")" = \
    $'_meta: {type: internalusers, config_version: 2}\napp:\n  hash: "$2y$12$00000000000000000000000000000000000000000000000000011"\nadmin:\n  hash: "$2y$12$00000000000000000000000000000000000000000000000000015"' ]
  [ "$(<"$CONF/opensearch-security/roles.yml")" = roles ]
  [ "$(<"$CONF/opensearch-security/roles_mapping.yml")" = mapping ]
  [ "$(<"$CONF/opensearch-security/config.yml")" = "of the image" ]
  [ "$(<"$CONF/tls/tls.crt")" = certificate ]
  [ "$(find "$CONF" -perm /077)" = "" ]
}

@test "the password is in no file, no argument, and no environment but that of the program that makes the hash" {
  plugin
  certificate '-----BEGIN PRIVATE KEY-----'
  start
  served
  [ "$(<"$RECORD/hash.input")" = $'canary-word\ncanary-of-admin' ]
  [ "$(<"$RECORD/hash.arguments")" = "-env APP_WORD" ]
  [ -s "$RECORD/server.environment" ]
  [[ "$output" != *canary* ]]
  run grep -rlF canary "$RECORD" "$CONF"
  [ "$output" = "$RECORD/hash.input" ]
}

@test "no hash: refused, without the password" {
  plugin
  certificate '-----BEGIN PRIVATE KEY-----'
  export FAIL=1
  start
  refused "made no hash"
  [[ "$output" != *canary-word* ]]
}

@test "a private key in another form than the plugin reads is refused with its first line" {
  plugin
  certificate '-----BEGIN RSA PRIVATE KEY-----'
  start
  refused "can't read the private key"
  [[ "$output" == *'begins with "-----BEGIN RSA PRIVATE KEY-----"'* ]]
  [[ "$output" == *"PKCS8"* ]]
}

@test "a Secret without a password is refused" {
  plugin
  certificate '-----BEGIN PRIVATE KEY-----'
  : >"$CREDENTIALS_DIR/admin-password"
  start
  refused 'the Secret has no key "admin-password"'
  rm "$CREDENTIALS_DIR/password"
  start
  refused 'the Secret has no key "password"'
}

@test "the state of OpenSearch is found in its own folder, and data of a later version are refused" {
  export APP_USER='' CREDENTIALS_DIR='' DATA_MUST_EXIST=true
  start
  refused "existing data was declared"
  mkdir -p "$DATA_DIR/nodes/0/_state"
  touch "$DATA_DIR/nodes/0/node.lock"
  start
  served
  [ "$(<"$VOLUME_DIR/.opensearch.version")" = "3.9.0 orders" ]
  echo "3.10.0 orders" >"$VOLUME_DIR/.opensearch.version"
  start
  refused "was opened by version 3.10.0, this is 3.9.0"
}
