#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh and reconcile.sh: the files that the server reads and no volume may hold, in memory. Waits for nothing.

# The members of a set know each other by it. This one is alone, so every start makes another: nothing to keep and to steal.
# The server takes 6 to 1024 characters of base64, and no file that the group can read, as Secrets in pods always are.
make_keyfile() {
  rm -f "$RUN_DIR/keyfile.new"
  head -c 384 /dev/urandom | base64 -w 0 >"$RUN_DIR/keyfile.new"
  chmod 0400 "$RUN_DIR/keyfile.new"
  mv -f "$RUN_DIR/keyfile.new" "$RUN_DIR/keyfile"
}

# The server wants certificate and key in one file.
make_certificate() {
  if [[ -z "${TLS_DIR:-}" ]]; then return; fi
  rm -f "$RUN_DIR/server.pem.new"
  printf '%s\n' "$(<"$TLS_DIR/tls.crt")" "$(<"$TLS_DIR/tls.key")" >"$RUN_DIR/server.pem.new"
  chmod 0400 "$RUN_DIR/server.pem.new"
  mv -f "$RUN_DIR/server.pem.new" "$RUN_DIR/server.pem"
}
