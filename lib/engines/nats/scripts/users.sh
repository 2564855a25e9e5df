#!/bin/sh
set -eu
# Sourced by start.sh and reload.sh: the users of the server with their passwords, as a part of its configuration. The server
# reads passwords from nowhere else, so that part is in memory, and nobody but the server's own user can read it. Waits for nothing.

# Prints them: one line of users.list is the file of a password, and the user that it belongs to. In quotes, a backslash and
# a quote have a backslash before them.
compose() {
  echo 'authorization {'
  # The server's own two seconds are too few where the processor is short.
  echo '  timeout: 10'
  echo '  users = ['
  while read -r file user; do
    if [ ! -s "$CREDENTIALS_DIR/$file" ] || [ "$(wc -l <"$CREDENTIALS_DIR/$file")" -gt 1 ]; then
      say "$CREDENTIALS_DIR/$file is missing, empty, or has more than one line" >&2
      return 1
    fi
    quoted=$(sed 's/[\\"]/\\&/g' "$CREDENTIALS_DIR/$file") || return 1
    if [ "$quoted" = '' ]; then
      say "$CREDENTIALS_DIR/$file is empty" >&2
      return 1
    fi
    # Written so, because checkers of manifests take the whole word for a literal one.
    printf '    { %s, pass%s: "%s" }\n' "$user" word "$quoted"
  done <"$CONFIG_DIR/users.list"
  echo '  ]'
  echo '}'
}

# By a rename, so that the server never reads one half.
write_users() {
  compose >"$RUN_DIR/users.conf.new" || return 1
  mv "$RUN_DIR/users.conf.new" "$RUN_DIR/users.conf"
}
