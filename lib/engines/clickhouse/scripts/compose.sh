#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: what the server reads from memory, made anew at every start. Waits for nothing.

# The pod's own client, for people who come in by kubectl exec: as admin, who is known on the loopback only.
client_config() {
  printf '<clickhouse><host>127.0.0.1</host><port>%s</port><user>admin</user><password>%s</password>' "$CLIENT_PORT" "$1"
  if [[ "$CLIENT_TLS" == true ]]; then
    # The certificate is not for the name of the loopback, which nobody else can answer at.
    printf '<secure>1</secure><openSSL><client><verificationMode>none</verificationMode>'
    printf '<invalidCertificateHandler><name>AcceptCertificateHandler</name></invalidCertificateHandler></client></openSSL>'
  fi
  printf '</clickhouse>'
}

# The server keeps a copy of every file that it has read in this folder: hashes have no business on the volume.
keep_copies_in_memory() {
  local copies="$DATA_DIR/preprocessed_configs"
  mkdir -p "$RUN_DIR/preprocessed"
  if [[ -L "$copies" && "$(readlink "$copies")" == "$RUN_DIR/preprocessed" ]]; then return; fi
  rm -rf "$copies"
  ln -s "$RUN_DIR/preprocessed" "$copies"
}

compose() {
  local word outcome=0
  mkdir -p "$RUN_DIR/users/users.d"
  keep_copies_in_memory
  word=$(head -c 32 /dev/urandom | hash_of)
  write_user admin "$(printf '%s' "$word" | hash_of)" || true
  replace "$RUN_DIR/client.xml" "$(client_config "$word")" || true
  compose_users || outcome=$?
  if ((outcome == 2)); then
    refuse "$APP_PASSWORD_FILE is missing, empty, or more than one line: the Secret of the credentials has to hold it."
  fi
}
