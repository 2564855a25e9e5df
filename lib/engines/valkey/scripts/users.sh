#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh and reconcile.sh: the access control list, composed of users.list and the files of the passwords, of which
# it holds hashes alone. It lies in memory. Waits for nothing.

# The administrator's password is made once in the life of a pod, and leaves it never. 256 bits of the kernel's.
make_admin() {
  if [[ -s "$RUN_DIR/admin" ]]; then return; fi
  head -c 32 /dev/urandom | sha256sum | head -c 64 >"$RUN_DIR/admin.new"
  mv -T "$RUN_DIR/admin.new" "$RUN_DIR/admin"
}

# A line break at the end of a file is no part of the password.
hash_of() {
  local text=''
  { text=$(<"$1"); } 2>/dev/null || true
  if [[ -z "$text" ]]; then
    echo "$1 is empty or missing: give the Secret an entry of this name" >&2
    return 1
  fi
  text=$(printf '%s' "$text" | sha256sum) || return 1
  printf '%s' "${text%% *}"
}

# Prints the list. Who has not logged in may do nothing; the administrator is known within the pod only.
compose_users() {
  local name file rules hash
  hash=$(hash_of "$RUN_DIR/admin") || return 1
  printf 'user default off resetpass resetkeys resetchannels -@all\n'
  printf 'user %s on #%s ~* &* +@all\n' "$ADMIN" "$hash"
  while read -r name file rules; do
    hash=$(hash_of "$CREDENTIALS_DIR/$file") || return 1
    printf 'user %s on #%s %s\n' "$name" "$hash" "$rules"
  done <"$CONFIG_DIR/users.list"
}

# write_users TEXT WRITER: at once, for the server may read it at any moment. Each writer has a file of its own.
write_users() {
  printf '%s\n' "$1" >"$RUN_DIR/users.$2"
  mv -T "$RUN_DIR/users.$2" "$RUN_DIR/users.acl"
}
