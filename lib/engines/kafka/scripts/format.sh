#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: a new log folder on an empty volume, wholly or not at all, and the checks of an old one.
# Waits: 120 s for the tool that formats.

# property FILE NAME: what a properties file says.
property() {
  local line
  while IFS= read -r line; do
    if [[ "$line" == "$2="* ]]; then printf '%s' "${line#*=}"; fi
  done <"$1"
}

# Data found anywhere below the volume means: this is not the volume or the path that was meant.
refuse_unless_empty() {
  local other
  for other in "$VOLUME_DIR"/meta.properties "$VOLUME_DIR"/*/meta.properties "$VOLUME_DIR"/*/*/meta.properties; do
    if [[ -e "$other" && "$other" != "$LOG_FOLDER.initializing/"* ]]; then
      refuse "data of cluster $(property "$other" cluster.id) found in ${other%/meta.properties}, but they belong in $LOG_FOLDER." \
        "Move them there while no pod runs; an empty log is not started beside them."
    fi
  done
  if [[ -e "$LOG_FOLDER" && -n "$(ls -A -- "$LOG_FOLDER")" ]]; then
    refuse "$LOG_FOLDER is not empty and has no meta.properties: damaged data, or files of something else. Nothing was changed."
  fi
  if [[ "$DATA_MUST_EXIST" != false ]]; then
    refuse "the volume holds no log in $LOG_FOLDER, but existing data was declared. A wrong or an empty volume is mounted;" \
      "an empty log is not started in its place."
  fi
}

# LOG_FOLDER appears by one rename, after everything in it was written to the disk: whatever was interrupted before is thrown
# away by the next start. No user and no password is given to the tool: reconcile.sh makes them, over the pod's own port.
initialize() {
  say "empty volume: making a log of cluster $CLUSTER_ID in $LOG_FOLDER"
  rm -rf "$LOG_FOLDER.initializing"
  LOG_FOLDER=$LOG_FOLDER.initializing ADVERTISED_HOST=localhost KAFKA_HEAP_OPTS=-Xmx128m \
    timeout 120 "$KAFKA_HOME/bin/kafka-storage.sh" format --cluster-id "$CLUSTER_ID" --config "$CONFIG_DIR/server.properties"
  sync -f "$LOG_FOLDER.initializing"
  mv -T "$LOG_FOLDER.initializing" "$LOG_FOLDER"
  sync -f "$VOLUME_DIR"
  say "made"
}

check_data() {
  local found
  found=$(property "$LOG_FOLDER/meta.properties" cluster.id)
  if [[ "$found" != "$CLUSTER_ID" ]]; then
    refuse "$LOG_FOLDER holds data of cluster \"$found\", declared is $CLUSTER_ID. Declare the id of the data, or mount the volume that was meant."
  fi
  found=$(property "$LOG_FOLDER/meta.properties" node.id)
  if [[ "$found" != 1 ]]; then
    refuse "$LOG_FOLDER holds data of node \"$found\" of a larger cluster, this is node 1 and alone. Mount the volume that was meant."
  fi
}
