#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: users and certificate of OpenSearch's security plugin, from the mounted Secrets. All of it lies in memory.
# Waits: 60 s for the program that makes the hash, a JVM.

PLUGIN=opensearch-security

# The plugin reads no other form, and says so in a hundred lines.
copy_certificate() {
  local first=''
  read -r first <"$TLS_DIR/tls.key" || true
  if [[ "$first" != '-----BEGIN PRIVATE KEY-----' ]]; then
    refuse "tls.key begins with \"$first\", and the security plugin wants PKCS#8 (\"-----BEGIN PRIVATE KEY-----\"). With" \
      "cert-manager: privateKey.encoding PKCS8."
  fi
  mkdir -p "$CONF/tls"
  cp -- "$TLS_DIR/tls.crt" "$TLS_DIR/tls.key" "$CONF/tls"
}

# The program takes its input from an argument, a terminal or its environment; the last ends with it, after a second or two.
print_hash() {
  local word='' line
  IFS= read -r word <"$CREDENTIALS_DIR/password" || [[ -n "$word" ]]
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
  local hash folder=$CONF/$PLUGIN
  hash=$(print_hash) || refuse "the security plugin's hash.sh made no hash of the password"
  mkdir -p "$folder"
  printf '_meta: {type: internalusers, config_version: 2}\n%s:\n  hash: "%s"\n' "$APP_USER" "$hash" >"$folder/internal_users.yml"
  cp -- "$CONFIG_DIR/security-roles.yml" "$folder/roles.yml"
  cp -- "$CONFIG_DIR/security-mapping.yml" "$folder/roles_mapping.yml"
}

prepare_access() {
  if [[ -z "$APP_USER" ]]; then
    # To an image without the plugin the setting is unknown, and the server does not start with it.
    if [[ -d "$SERVER_HOME/plugins/$PLUGIN" ]]; then printf '\nplugins.security.disabled: true\n' >>"$CONF/opensearch.yml"; fi
    return
  fi
  if [[ ! -d "$SERVER_HOME/plugins/$PLUGIN" ]]; then
    refuse "the image has no security plugin, so nobody would be asked for a password. Use the official image, or declare" \
      "OpenSearchSecurity.disabled."
  fi
  if [[ ! -s "$CREDENTIALS_DIR/password" ]]; then refuse "the Secret has no key \"password\", or an empty one"; fi
  copy_certificate
  write_users
}
