#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh and check.sh: what MySQL alone has. MariaDB has a file of the same name. Waits for nothing.

# shellcheck disable=SC2034 # used by the scripts that source this file
PRODUCT=MySQL CLIENT=mysql DUMP=mysqldump SUPERUSER=root

# The series of the tools, such as 8.4.
tools_series() {
  if [[ "$("$DUMP" --version)" =~ Ver\ ([0-9]+\.[0-9]+)\. ]]; then printf '%s' "${BASH_REMATCH[1]}"; fi
}

is_own_server() { [[ "$1" != *MariaDB* ]]; }

# Lines of the option file. There is no certificate to compare with: the connection is encrypted, and the server's name is
# not proven.
tls_lines() {
  if [[ "$1" == true ]]; then echo 'ssl-mode = REQUIRED'; else printf '%s\n' 'ssl-mode = PREFERRED' 'get-server-public-key'; fi
}

# Lines of the option file for the dump. A position of the same moment takes a global lock, for which the role needs rights;
# what waits for it holds up every writer, and so it waits a minute at most. Older tools do not know some of it.
dump_lines() {
  printf '%s\n' loose-skip-masking-policies
  if [[ "$1" == true ]]; then
    printf '%s\n' 'source-data = 2' 'set-gtid-purged = COMMENTED' 'loose-init-command = "SET SESSION lock_wait_timeout = 60"'
  else
    printf '%s\n' 'set-gtid-purged = OFF'
  fi
}

# Answers 1 if the role may ask for the position; @me is the role.
position_sql() {
  printf '%s\n' "SELECT @@log_bin = 1 AND COUNT(DISTINCT privilege_type) = 2 FROM information_schema.user_privileges" \
    "WHERE grantee = @me AND privilege_type IN ('RELOAD', 'REPLICATION CLIENT');"
}
