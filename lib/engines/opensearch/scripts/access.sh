#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh and renew.sh: users and certificate of OpenSearch's security plugin, from the mounted Secrets. All of it
# lies in memory. Waits: 60 s for the program that makes a hash, a JVM.

PLUGIN=opensearch-security

# The plugin reads no other form than PKCS#8, and says so in a hundred lines.
has_readable_form() {
  local first=''
  read -r first <"$TLS_DIR/tls.key" || true
  if [[ "$first" == '-----BEGIN PRIVATE KEY-----' ]]; then return; fi
  say "tls.key begins with \"$first\", and the security plugin wants \"-----BEGIN PRIVATE KEY-----\"." \
    "With cert-manager: privateKey.encoding PKCS8."
  return 1
}

# One rename each: the server never sees half a file.
copy_certificate() {
  local file
  mkdir -p "$CONF/tls"
  for file in tls.key tls.crt; do
    cp -- "$TLS_DIR/$file" "$CONF/tls/.$file.new"
    mv -T -- "$CONF/tls/.$file.new" "$CONF/tls/$file"
  done
}

# print_hash FILE: the program takes its input from an argument, a terminal or its environment; the last ends with it, after a
# second or two.
print_hash() {
  local word='' line
  IFS= read -r word <"$1" || [[ -n "$word" ]] || return 1
  while IFS= read -r line; do
    if [[ "$line" =~ ^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$ ]]; then
      printf '%s' "$line"
      return
    fi
  done < <(APP_WORD=$word timeout 60 bash "$SERVER_HOME/plugins/$PLUGIN/tools/hash.sh" -env APP_WORD 2>/dev/null)
  return 1
}

# The plugin reads these files once, when it makes its index in a new cluster; the image's own have users with known passwords.
write_users() {
  local app admin folder=$CONF/$PLUGIN
  app=$(print_hash "$CREDENTIALS_DIR/password") || refuse "the security plugin's hash.sh made no hash of \"password\""
  admin=$(print_hash "$CREDENTIALS_DIR/admin-password") || refuse "the security plugin's hash.sh made no hash of \"admin-password\""
  mkdir -p "$folder"
  printf '_meta: {type: internalusers, config_version: 2}\n%s:\n  hash: "%s"\nadmin:\n  hash: "%s"\n' \
    "$APP_USER" "$app" "$admin" >"$folder/internal_users.yml"
  cp -- "$CONFIG_DIR/security-roles.yml" "$folder/roles.yml"
  cp -- "$CONFIG_DIR/security-mapping.yml" "$folder/roles_mapping.yml"
}

prepare_access() {
  local name
  if [[ -z "$APP_USER" ]]; then
    # To an image without the plugin the setting is unknown, and the server does not start with it.
    if [[ -d "$SERVER_HOME/plugins/$PLUGIN" ]]; then printf '\nplugins.security.disabled: true\n' >>"$CONF/opensearch.yml"; fi
    return
  fi
  if [[ ! -d "$SERVER_HOME/plugins/$PLUGIN" ]]; then
    refuse "the image has no security plugin, so nobody would be asked for a password. Use the official image, or declare" \
      "OpenSearchSecurity.disabled."
  fi
  for name in password admin-password; do
    if [[ ! -s "$CREDENTIALS_DIR/$name" ]]; then refuse "the Secret has no key \"$name\", or an empty one"; fi
  done
  has_readable_form || refuse "the security plugin can't read the private key of the certificate"
  copy_certificate
  write_users
}
