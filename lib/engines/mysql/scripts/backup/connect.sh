#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by dump.sh: how the server is reached, and whether it is the one that these tools are for. Waits: 30 s for a connection.

# A value of an option file: between quotes, "#" begins no comment, and blanks are kept.
option() {
  local text=${2//\\/\\\\}
  printf '%s = "%s"\n' "$1" "${text//\"/\\\"}"
}

# The file in memory holds what no argument and no variable of a program does.
connect() {
  local word=''
  if [[ -n "$PASSWORD_FILE" ]]; then word=$(<"$PASSWORD_FILE"); fi
  if [[ "$word" == *[$'\n\r']* ]]; then fail "the password has more than one line"; fi
  OPTIONS=$RUN_DIR/client.cnf
  : >"$OPTIONS"
  chmod 0600 "$OPTIONS"
  {
    printf '%s\n' '[client]' 'protocol = tcp' "port = $DB_PORT" 'default-character-set = utf8mb4' 'max-allowed-packet = 1G'
    option host "$DB_HOST"
    option user "$DB_USER"
    option password "$word"
    tls_lines "$TLS"
    printf '%s\n' "[$CLIENT]" 'connect-timeout = 30'
  } >"$OPTIONS"
}

# Statements come by stdin. Control characters of names do not reach the log.
ask() {
  {
    printf '%s\n' "SET SESSION sql_mode = '';" 'SET @me = CURRENT_USER(), @host = SUBSTRING_INDEX(CURRENT_USER(), CHAR(64), -1);'
    printf '%s\n' "SET @me = CONCAT('''', LEFT(@me, CHAR_LENGTH(@me) - CHAR_LENGTH(@host) - 1), '''', CHAR(64), '''', @host, '''');"
    cat
  } | "$CLIENT" --defaults-file="$OPTIONS" --batch --skip-column-names
}

check_server() {
  local server series cipher
  server=$(ask <<<'SELECT VERSION();') || fail "the server at $DB_HOST:$DB_PORT cannot be asked as $DB_USER"
  is_own_server "$server" || fail "the server is of version $server, which is not $PRODUCT"
  SERVER_VERSION=${server%%[!0-9.]*}
  series=$(tools_series)
  if [[ "$series" != "${SERVER_VERSION%.*}" ]]; then
    fail "$DUMP is of series $series, the server of version $SERVER_VERSION: a backup is made with the tools of the server's own series"
  fi
  cipher=$(ask <<<"SHOW SESSION STATUS LIKE 'Ssl_cipher';")
  if [[ "$TLS" == true && -z "${cipher#Ssl_cipher$'\t'}" ]]; then fail "the server at $DB_HOST:$DB_PORT did not encrypt the connection"; fi
}
