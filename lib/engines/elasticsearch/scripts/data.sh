#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: is this the volume that was meant, and can this version open its data? Waits for nothing.

# Elasticsearch keeps its state in _state, OpenSearch in nodes/0/_state.
has_data() { [[ -d "$DATA_DIR/_state" || -d "$DATA_DIR/nodes/0/_state" ]]; }

mark() { printf '%s' "$VOLUME_DIR/.$SERVER.version"; }

# Data found anywhere else below the volume means: this is not the volume, the path or the server that was meant. Every
# server of this family leaves a file node.lock where its data are.
refuse_foreign_data() {
  local lock
  for lock in "$VOLUME_DIR"/{,*/,*/*/,*/*/*/}node.lock; do
    if [[ ! -e "$lock" || "$lock" == "$DATA_DIR/"* ]]; then continue; fi
    refuse "data found in ${lock%/node.lock}; this server has its data in $DATA_DIR. Mount the right volume, or move the" \
      "data there once; an empty database is not started beside them."
  done
}

refuse_unless_empty() {
  local entry
  refuse_foreign_data
  for entry in "$DATA_DIR"/*; do
    # What a start leaves that was broken off before the first state was written.
    case "${entry##*/}" in
      '*' | node.lock | nodes | indices | snapshot_cache) ;;
      *) refuse "$DATA_DIR holds ${entry##*/} and no state of a server: damaged data, or files of something else. Nothing was changed." ;;
    esac
  done
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no data in $DATA_DIR, but existing data was declared. A wrong or an empty volume is mounted;" \
      "an empty database is not started in its place."
  fi
  say "empty volume: the server makes a new cluster named \"$CLUSTER_NAME\" in $DATA_DIR"
}

# is_older VERSION OTHER
is_older() {
  local one other index
  IFS=. read -r -a one <<<"$1"
  IFS=. read -r -a other <<<"$2"
  for index in 0 1 2; do
    if ((${one[index]:-0} != ${other[index]:-0})); then
      ((${one[index]:-0} < ${other[index]:-0}))
      return
    fi
  done
  return 1
}

check_data() {
  local found='' cluster=''
  if ! has_data; then
    refuse_unless_empty
    return
  fi
  if [[ -r "$(mark)" ]]; then read -r found cluster <"$(mark)" || true; fi
  if [[ "$found" =~ ^[0-9.]+$ ]] && is_older "$VERSION" "$found"; then
    refuse "$DATA_DIR was opened by version $found, this is $VERSION: no server opens the data of a later one. Go back to an" \
      "image of version $found or later, or restore a snapshot of the earlier version."
  fi
  # The cluster's identity is its UUID, which lies with the data; a volume may be adopted under another name.
  if [[ -n "$cluster" && "$cluster" != "$CLUSTER_NAME" ]]; then say "the volume was last used as \"$cluster\", now as \"$CLUSTER_NAME\""; fi
  if [[ -n "$found" && "$found" != "$VERSION" ]]; then say "the data were last opened by version $found, now by $VERSION"; fi
}

# Written before the server opens the data, so that an upgrade that was broken off counts as one.
remember_version() {
  mkdir -p "$DATA_DIR"
  printf '%s %s\n' "$VERSION" "$CLUSTER_NAME" >"$(mark).new"
  sync -f "$(mark).new"
  mv -T -- "$(mark).new" "$(mark)"
}
