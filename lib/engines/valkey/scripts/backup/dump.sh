#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by backup.sh: a snapshot of all databases of the server, as it would send it to a replica. A forked process writes the
# memory of one moment; everything that is said of it is read in the snapshot itself. Waits: as long as the server is silent
# within a connection that stands; two minutes for a connection.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
# shellcheck source-path=SCRIPTDIR source=rdb.sh
source "$HERE/rdb.sh"

# of_series VERSION
of_series() { [[ "$1." == "$DB_VERSION".* ]]; }

check_inputs() {
  local version word
  : "${CLIENT:?the client}" "${CHECKER:?the checker of files}" "${PRODUCT:?the name of the server}" "${DB_VERSION:?the declared version}"
  version=$("$CLIENT" --version) || fail "this image cannot run $CLIENT"
  if [[ ! "$version" =~ [0-9]+(\.[0-9]+)+ ]] || ! of_series "${BASH_REMATCH[0]}"; then
    fail "the image has \"$version\", declared is $PRODUCT $DB_VERSION: a backup is made with the tools of the server's own series"
  fi
  if [[ -n "$PASSWORD_FILE" && ! -r "$PASSWORD_FILE" ]]; then fail "the password of $DB_USER cannot be read: $PASSWORD_FILE"; fi
  word=$(<"${PASSWORD_FILE:-/dev/null}")
  if [[ -z "$word" ]]; then fail "there is no password for $DB_USER, and nobody is let in without one"; fi
  if [[ "$word" == *$'\n'* ]]; then fail "the password of $DB_USER has a line break within it, and the client can be given one line only"; fi
}

# The client reads the password from its standard input: a variable would be open to every process of the same user, and an
# argument to all. `exec`, so that what is stopped is the client itself; what backup.sh says then must not go into the file.
transfer() {
  local options=(-h "$DB_HOST" -p "$DB_PORT" --user "$DB_USER" --askpass)
  # Encrypted; whose certificate it is, is not checked.
  if [[ "$TLS" == true ]]; then options+=(--tls --insecure); fi
  exec "$CLIENT" "${options[@]}" --rdb "$1" <"$PASSWORD_FILE" >"$RUN_DIR/heard" 2>&1
}

# What the client said, in other words.
reason() {
  case "$1" in
    *WRONGPASS* | *NOAUTH*) printf 'the server does not let %s in with this password' "$DB_USER" ;;
    *NOPERM*)
      printf '%s may not read out the data, for which a user needs the commands +sync and +replconf. ' "$DB_USER"
      # shellcheck disable=SC2016 # as it is written in the code
      printf 'Say `backupUser` in the options of the engine, and give its password to the Secret of the database'
      ;;
    *LOADING*) printf 'the server still loads its data' ;;
    *"Could not connect"*) printf 'the server at %s:%s cannot be reached' "$DB_HOST" "$DB_PORT" ;;
    *) printf 'the snapshot could not be read, or not to its end' ;;
  esac
}

# A user that may not say what it understands is sent a snapshot, too, but one for which the server first writes a file on its volume.
dump() {
  local status=0 heard
  check_inputs
  guarded transfer "$WORK/data/dump.rdb" || status=$?
  heard=$(<"$RUN_DIR/heard")
  if ((status != 0)) || [[ "$heard" == *NOPERM* ]]; then
    printf '%s\n' "$heard" >&2
    fail "$(reason "$heard") ($CLIENT ended with $status)"
  fi
}

# Neither a number that is missing nor one that another tool would read otherwise comes into the manifest.
describe() {
  local report=$1 keys expires
  OBJECTS=$(said "$report" '\[info\] \([0-9]*\) keys read')
  SERVER_VERSION=$(said "$report" "\[offset [0-9]*\] AUX FIELD [a-z]*-ver = '\([0-9.]*\)'")
  of_series "$SERVER_VERSION" || fail "the server is of version \"$SERVER_VERSION\", declared is $PRODUCT $DB_VERSION"
  # shellcheck disable=SC2034 # backup.sh writes it into the manifest
  POSITION=$(said "$report" "\[offset [0-9]*\] AUX FIELD repl-id = '\([0-9a-f]*\)'"):$(said "$report" "\[offset [0-9]*\] AUX FIELD repl-offset = '\([0-9]*\)'")
  sizes "$WORK/data/dump.rdb" "$report" >"$RUN_DIR/sizes" || fail "the snapshot does not say how many keys its databases have"
  read -r keys expires < <(sum_sizes <"$RUN_DIR/sizes")
  if [[ "$keys $expires" != "$OBJECTS $(said "$report" '\[info\] \([0-9]*\) expires')" ]]; then
    fail "the snapshot should have $keys keys, $expires that expire; $CHECKER has read $OBJECTS"
  fi
  counts_json <"$RUN_DIR/sizes" >"$WORK/counts.json"
}

sum_sizes() {
  local keys expires all=0 expire=0
  while read -r _ keys expires; do all=$((all + keys)) expire=$((expire + expires)); done
  printf '%s %s\n' "$all" "$expire"
}
inspect() { exec "$CHECKER" "$1" >"$2" 2>&1; }

# All of the snapshot is read and unpacked, and its sum compared. The client ends well also where it could not cut off the mark
# behind the end, and a server can be told to leave out the sum.
verify() {
  local file=$WORK/data/dump.rdb report=$WORK/report ends status=0
  guarded inspect "$file" "$report" || status=$?
  if ((status != 0)); then
    # Not the lines with names of keys.
    grep -E '^\[offset [0-9]+\] ' -- "$report" | grep -v 'AUX FIELD' | tail -n 1 >&2 || true
    fail "the snapshot is damaged or cut off: $CHECKER ended with $status"
  fi
  ends=$(sound "$report") || fail "the snapshot has no sum, or not the right one: switch rdbchecksum of the server on"
  [[ "$(stat -c %s -- "$file")" == "$ends" ]] || fail "the snapshot ends after $ends bytes, and the file does not"
  describe "$report"
  rm -f -- "$report"
}
