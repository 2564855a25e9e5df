#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by start.sh: the folder of the configuration, of what the image has and what was rendered, and the server on it.
# Waits for nothing.

# The address of this pod, by which drivers find it: the kubelet writes it beside the pod's name.
pod_address() {
  local address names each
  while read -r address names; do
    for each in $names; do
      if [[ "$each" == "$HOSTNAME" ]]; then
        printf '%s' "$address"
        return
      fi
    done
  done <"$HOSTS_FILE"
  refuse "$HOSTS_FILE has no address for $HOSTNAME"
}

# compose FOLDER DATA LOG PORT ADDRESS BROADCAST: everything is copied, the image's own folder is read-only.
compose() {
  rm -rf "$1"
  mkdir -p "$1/triggers" "$2"
  cp -R "$IMAGE_CONFIG_DIR/." "$1"
  # Another place of datacenters and racks, for clusters that come from an older snitch.
  rm -f "$1/cassandra-topology.properties" "$1/cassandra.yaml" "$1/cassandra-rackdc.properties" "$1/logback.xml"
  cp "$CONFIG_DIR/cassandra.yaml" "$CONFIG_DIR/cassandra-rackdc.properties" "$CONFIG_DIR/logback.xml" "$1"
  chmod -R u+w "$1"
  printf '\n# Of this start\n%s: ["%s"]\n' data_file_directories "$2/data" >>"$1/cassandra.yaml"
  printf '%s: "%s"\n' cdc_raw_directory "$2/cdc_raw" hints_directory "$2/hints" saved_caches_directory "$2/saved_caches" \
    commitlog_directory "$3" native_transport_port "$4" rpc_address "$5" broadcast_rpc_address "$6" >>"$1/cassandra.yaml"
}

# The server wants the key and the certificates in one file. It looks every ten minutes whether that has changed.
encrypt() {
  local first optional=true
  if [[ "$TLS" == off ]]; then return; fi
  if [[ "$TLS" == required ]]; then optional=false; fi
  IFS= read -r first <"$TLS_DIR/tls.key" || true
  if [[ "$first" != '-----BEGIN PRIVATE KEY-----' ]]; then
    refuse "the key of the certificate is not in PKCS #8 (\"$first\"); with cert-manager: privateKey.encoding PKCS8"
  fi
  cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt" >"$RUN_DIR/server.pem"
  {
    printf '%s:\n' client_encryption_options
    printf '  %s: %s\n' enabled true optional "$optional" require_client_auth false keystore "$RUN_DIR/server.pem" \
      keystore_password '""'
    printf '  %s:\n    %s: %s\n' ssl_context_factory class_name org.apache.cassandra.security.PEMBasedSslContextFactory
  } >>"$1/cassandra.yaml"
}

# become FOLDER: this process is the server from here on. Only it has these variables: nodetool would take the same heap.
become() {
  export CASSANDRA_CONF=$1 MAX_HEAP_SIZE=$SERVER_HEAP HEAP_NEWSIZE=$SERVER_NEW_GENERATION
  export JVM_EXTRA_OPTS=$SERVER_OPTIONS CASSANDRA_LOG_DIR=/var/log/cassandra
  exec cassandra -f
}
