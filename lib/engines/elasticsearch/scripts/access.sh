#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh and renew.sh: users and certificate of Elasticsearch, from the mounted Secrets. All of it lies in memory.
# Waits: 60 s for the program that makes the hash, a JVM.

# What the application's user and the certificate are made from, as one line.
inputs() {
  local files=("$CREDENTIALS_DIR/password")
  if [[ -n "$TLS_DIR" ]]; then files+=("$TLS_DIR/tls.crt" "$TLS_DIR/tls.key"); fi
  cat -- "${files[@]}" | sha256sum
}

# tell_users COMMAND...: the server's own program makes the hash and writes it to the file realm. It asks twice.
tell_users() {
  local word='' output
  IFS= read -r word <"$CREDENTIALS_DIR/password" || [[ -n "$word" ]]
  if ! output=$(printf '%s\n%s\n' "$word" "$word" | timeout 60 "$SERVER_HOME/bin/elasticsearch-users" "$@" 2>&1); then
    say "the user \"$APP_USER\" was not written: $output"
    return 1
  fi
}

# One rename each: the server looks at them every five seconds, and never sees half a file.
copy_certificate() {
  local file
  if [[ -z "$TLS_DIR" ]]; then return; fi
  mkdir -p "$CONF/tls"
  for file in tls.key tls.crt; do
    cp -- "$TLS_DIR/$file" "$CONF/tls/.$file.new"
    mv -T -- "$CONF/tls/.$file.new" "$CONF/tls/$file"
  done
}

# Nobody knows the superuser's word: the server makes one up at each start. Who may exec into the pod can add a user of
# their own to the file realm.
prepare_access() {
  local made_from
  if [[ ! -s "$CREDENTIALS_DIR/password" ]]; then refuse "the Secret has no key \"password\", or an empty one"; fi
  made_from=$(inputs)
  cp -- "$CONFIG_DIR/roles.yml" "$CONF"
  : >"$CONF/users"
  : >"$CONF/users_roles"
  copy_certificate
  tell_users useradd "$APP_USER" -r app || refuse "without the application's user the server is not started"
  printf '%s\n' "$made_from" >"$CONF/.applied"
}
