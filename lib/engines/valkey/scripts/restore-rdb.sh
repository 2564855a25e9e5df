#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: whether this server can load the snapshot of a backup. All of it is read before it becomes the beginning of
# the append-only file: afterwards a server that cannot load it would only end. Waits: 300 s for that, within the budget of the
# startup probe; what is too large for it was read so when the backup was made, and compared with its sum when it was fetched.
CHECK_SECONDS=300

# later_series VERSION: than the declared one.
later_series() {
  local theirs ours index
  IFS=. read -ra theirs <<<"$1"
  IFS=. read -ra ours <<<"$DB_VERSION"
  for index in "${!ours[@]}"; do
    if ((10#${theirs[index]:-0} != 10#${ours[index]})); then
      ((10#${theirs[index]:-0} > 10#${ours[index]}))
      return
    fi
  done
  return 1
}

# Not the lines with names of keys.
read_whole() {
  timeout --kill-after=1 "$CHECK_SECONDS" "$CHECKER" "$1" 2>&1 | { grep -E '^\[offset [0-9]+\] ' || true; } |
    { grep -v 'AUX FIELD' || true; } | tail -n 1 >"$RUN_DIR/checked"
}

# In the background, so that SIGTERM is heard. A checker may be content with a file that its server takes only when told to.
refuse_damaged() {
  local status=0
  read_whole "$1" &
  wait "$!" || status=$?
  if ((status == 124)); then
    say "the snapshot is too large to be read twice: it is loaded without"
  elif ((status != 0)) || [[ "$(<"$RUN_DIR/checked")" != *' \o/ RDB looks OK! \o/' ]]; then
    refuse "this server cannot load the snapshot of the backup: $CHECKER says \"$(<"$RUN_DIR/checked")\". The backup is untouched, and" \
      "there is no database."
  fi
}

check_backup() {
  local origin version file
  origin=$(restore_value engine)
  version=$(restore_value server)
  file=$(restore_folder)/dump.rdb
  if [[ "$origin" != "$ENGINE" ]]; then refuse "the backup is one of \"$origin\", this is $ENGINE. Nothing was changed."; fi
  if [[ ! "$version" =~ ^[0-9]+(\.[0-9]+)*$ ]]; then refuse "the backup does not say which version it comes from: \"$version\"."; fi
  if later_series "$version"; then
    refuse "the backup comes from version $version, this is $DB_VERSION. It can be loaded into the same or a later one."
  fi
  if [[ ! -s "$file" ]]; then refuse "the backup has no snapshot ($file). Nothing was changed."; fi
  check_format "$file" "Declare the version that the backup comes from."
  refuse_damaged "$file"
}
