#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh and renew.sh: the certificate in the one form that ZooKeeper reads, a file in memory with the private part
# and the chain. Waits for nothing.

# Fails with what is wrong with the files on its standard output.
check_certificate() {
  local first
  read -r first <"$TLS_DIR/tls.key" || true
  if [[ "$first" != '-----BEGIN PRIVATE'* ]]; then
    echo "tls.key is \"${first:0:40}\", but ZooKeeper reads PKCS #8 without a passphrase only (BEGIN PRIVATE ...): cert-manager" \
      "makes it with privateKey.encoding PKCS8, openssl with pkcs8 -topk8 -nodes"
    return 1
  fi
}

compose_certificate() {
  (umask 077 && cat -- "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt" >"$RUN_DIR/server.pem.new")
  mv -f -- "$RUN_DIR/server.pem.new" "$RUN_DIR/server.pem"
}
