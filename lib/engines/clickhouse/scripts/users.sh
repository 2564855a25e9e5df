#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh and keep-users.sh: the users of the server, in memory, with hashes instead of passwords. Waits for
# nothing. The server reads "$RUN_DIR/users" again by itself within seconds.

# Prints a file without one line break at its end; fails where it cannot be a password.
read_secret() {
  local text=''
  # It succeeds where there is a zero byte.
  if IFS= read -r -d '' text <"$1"; then return 1; fi
  text=${text%$'\n'}
  if [[ -z "$text" || "$text" == *[$'\n\r']* ]]; then return 1; fi
  printf '%s' "$text"
}

hash_of() {
  local sum
  sum=$(sha256sum) || return 1
  printf '%s' "${sum%% *}"
}

# replace FILE TEXT: at once, or not at all; leaves an equal file alone. A name with a dot in front is never read.
replace() {
  local new="${1%/*}/.${1##*/}.$RANDOM"
  if [[ -e "$1" && "$(<"$1")" == "$2" ]]; then return 1; fi
  printf '%s\n' "$2" >"$new"
  mv -T "$new" "$1"
}

# write_user NAME HASH: fails where nothing changed.
write_user() {
  replace "$RUN_DIR/users/users.d/$1.xml" \
    "<clickhouse><users><$1><password_sha256_hex>$2</password_sha256_hex></$1></users></clickhouse>"
}

# Succeeds if the password or the declared users are other than before, and says what; 2 is a password that is none.
compose_users() {
  local hash changed=1
  if ! hash=$(set -o pipefail; read_secret "$APP_PASSWORD_FILE" | hash_of); then return 2; fi
  if write_user "$APP_USER" "$hash"; then changed=0; fi
  if replace "$RUN_DIR/users/users.xml" "$(<"$CONFIG_DIR/users.xml")"; then changed=0; fi
  return "$changed"
}
