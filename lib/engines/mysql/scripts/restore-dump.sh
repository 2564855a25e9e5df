#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: fills a new data directory from the dump of a backup, through the private server that makes it. Waits: as
# long as the loading takes.

# Statements of a newer series may mean nothing, or something else, to an older server.
check_backup() {
  local kind version
  kind=$(restore_value engine)
  version=$(restore_value server)
  if [[ "$kind" != "$ENGINE" ]]; then refuse "the backup is one of \"$kind\", this is $ENGINE."; fi
  if [[ ! "$version" =~ ^[0-9]+\.[0-9] ]]; then refuse "the backup does not say which version it comes from: \"$version\"."; fi
  if is_newer "$version" "$DB_SERIES"; then
    refuse "the backup comes from version $version, this is $DB_SERIES. A dump can be loaded into the same or a later series."
  fi
}

# The sizes of the server to be, and by what its full-text indexes are made; without its care for a crash, as what is interrupted
# is made again. A row may be as large as any server allows.
prepare_loading() {
  local sizes=() pattern='innodb_buffer_pool_\(size\|instances\|chunk_size\)\|innodb_redo_log_capacity\|innodb_log_file_size'
  pattern+='\|innodb_ft_\(min\|max\)_token_size\|ngram_token_size'
  mapfile -t sizes < <(sed -n "/^\($pattern\) = [0-9]*[KMGTkmgt]\{0,1\}\$/s/^\(.*\) = /--\1=/p" "$CONFIG_DIR/my.cnf")
  mkdir -p "$TMP_DIR"
  PRIVATE_OPTIONS+=("${sizes[@]}" --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF --max-allowed-packet=1G "--tmpdir=$TMP_DIR")
}

# Prints, one per line, the accounts that something in the dump runs as, and that the new server does not have.
missing_definers() {
  local line known
  known=$(private_sql --skip-column-names --raw --execute="SELECT CONCAT('\`', user, '\`@\`', host, '\`') FROM mysql.user")
  while IFS= read -r line; do
    if [[ "$line" =~ ^\`[^\`]+\`@\`[^\`]+\`$ && $'\n'"$known"$'\n' != *$'\n'"$line"$'\n'* ]]; then printf '%s\n' "$line"; fi
  done <"$(restore_folder)/definers.txt"
}

# load_file FILE: in binary mode, the client takes nothing in it for a command of its own. Its end is waited for, so that SIGTERM
# is heard.
load_file() {
  local pid
  private_sql --binary-mode --max-allowed-packet=1G --default-character-set=utf8mb4 <"$1" >/dev/null &
  pid=$!
  if wait "$pid"; then return; fi
  end_private_server
  refuse "${1##*/} cannot be loaded; the reason is above. The backup is untouched, and there is no database."
}

# Called by initialize before the rename that makes the data directory appear. A view that calls a function can only be made while
# the account that the function runs as exists and may do so. Nobody can log in as these, and none stays: reconcile.sh makes the
# declared ones.
load_backup() {
  local file listed definers=()
  say "loading backup $(restore_value id) of $(restore_value started)"
  listed=$(missing_definers)
  if [[ -n "$listed" ]]; then mapfile -t definers <<<"$listed"; fi
  if ((${#definers[@]} > 0)); then
    { printf 'CREATE USER %s ACCOUNT LOCK;\n' "${definers[@]}" && printf 'GRANT ALL ON *.* TO %s;\n' "${definers[@]}"; } | private_sql
  fi
  for file in "$(restore_folder)"/*.sql; do
    [[ -e "$file" ]] || refuse "the backup holds no dump."
    load_file "$file"
  done
  if ((${#definers[@]} > 0)); then printf 'DROP USER %s;\n' "${definers[@]}" | private_sql; fi
  say "loaded"
}
