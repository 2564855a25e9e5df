#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: first and later starts, every refusal, the log on its own volume, and where passwords go.

setup() {
  load common
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data DATA_DIR=$BATS_TEST_TMPDIR/data/node CONFIG_DIR=$BATS_TEST_TMPDIR/config
  export IMAGE_CONFIG_DIR=$BATS_TEST_TMPDIR/image RUN_DIR=$BATS_TEST_TMPDIR/run CREDENTIALS_DIR=$BATS_TEST_TMPDIR/secret
  export HOSTS_FILE=$BATS_TEST_TMPDIR/hosts HOSTNAME=orders-0 TLS=off TLS_DIR=$BATS_TEST_TMPDIR/tls WAL_DIR=''
  export DB_MAJOR=5 CASSANDRA_VERSION=5.0.6 DATA_MUST_EXIST=false DB_PORT=9042 ADMIN=admin APP=app KEYSPACE=app
  export CLUSTER_NAME=orders DATA_CENTER=dc1 RACK=rack1 SERVER_HEAP=512M SERVER_NEW_GENERATION=128M SERVER_OPTIONS='-Da=1 -Db=2'
  INITIAL_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  export INITIAL_PORT
  mkdir -p "$VOLUME_DIR" "$CONFIG_DIR" "$IMAGE_CONFIG_DIR" "$RUN_DIR" "$CREDENTIALS_DIR" "$TLS_DIR"
  echo "canary's" >"$CREDENTIALS_DIR/password"
  echo "canary-root" >"$CREDENTIALS_DIR/admin-password"
  printf '127.0.0.1\tlocalhost\n10.1.2.3\torders-0.orders-members.shop.svc.cluster.local\torders-0\n' >"$HOSTS_FILE"
  echo "cluster_name: orders" >"$CONFIG_DIR/cassandra.yaml"
  echo "dc=dc1" >"$CONFIG_DIR/cassandra-rackdc.properties"
  echo "<configuration/>" >"$CONFIG_DIR/logback.xml"
  echo "-ea" >"$IMAGE_CONFIG_DIR/jvm17-server.options"
  touch "$IMAGE_CONFIG_DIR/cassandra-topology.properties"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER -f"* ]]
  [[ "$output" == *"lock: held"* ]]
}

make_data() {
  mkdir -p "$DATA_DIR/data/system" "$DATA_DIR/commitlog"
  echo "old log" >"$DATA_DIR/commitlog/CommitLog-7-1.log"
}

@test "an empty volume gets its data from a server that nobody can reach, and both roles instead of the well-known one" {
  start
  served
  grep -qx 'rpc_address: "127.0.0.1"' "$BATS_TEST_TMPDIR/initial.yaml"
  grep -qx "native_transport_port: \"$INITIAL_PORT\"" "$BATS_TEST_TMPDIR/initial.yaml"
  diff - "$BATS_TEST_TMPDIR/statements" <<'STATEMENTS'
cassandra: CREATE ROLE IF NOT EXISTS admin WITH PASSWORD = 'canary-root' AND SUPERUSER = true AND LOGIN = true;
admin: CREATE KEYSPACE IF NOT EXISTS "app" WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1};
admin: CREATE ROLE IF NOT EXISTS app WITH PASSWORD = 'canary''s' AND LOGIN = true;
admin: GRANT ALL PERMISSIONS ON KEYSPACE "app" TO app;
admin: DROP ROLE IF EXISTS cassandra;
STATEMENTS
  [ ! -e "$DATA_DIR.initializing" ]
  [ ! -e "$RUN_DIR/initial" ]
  [[ "$output" == *"log: log"* ]]
}

@test "the server has the image's options, our files, the pod's address and its heap" {
  make_data
  start
  served
  [[ "$output" == *'yaml: cluster_name: orders'* ]]
  [[ "$output" == *"yaml: data_file_directories: [\"$DATA_DIR/data\"]"* ]]
  [[ "$output" == *'yaml: rpc_address: "0.0.0.0"'* ]]
  [[ "$output" == *'yaml: broadcast_rpc_address: "10.1.2.3"'* ]]
  [[ "$output" == *'heap: 512M 128M -Da=1 -Db=2'* ]]
  [ -e "$RUN_DIR/conf/jvm17-server.options" ]
  [ ! -e "$RUN_DIR/conf/cassandra-topology.properties" ]
  [ ! -e "$BATS_TEST_TMPDIR/statements" ]
}

@test "passwords are in no arguments and in no variable, and their files are for the server's user alone" {
  umask 022
  start
  served
  run grep -c canary "$BATS_TEST_TMPDIR/cqlsh.arguments" "$BATS_TEST_TMPDIR/environment"
  [ "$status" -eq 1 ]
  [ "$(sort -u "$BATS_TEST_TMPDIR/cqlsh.modes")" = 600 ]
  [ ! -e "$RUN_DIR/statements.admin" ]
  [ ! -e "$RUN_DIR/login.cassandra" ]
  run "$SCRIPTS/start.sh" 3>&-
  [[ "$output" != *canary* ]]
}

@test "an initialisation that was broken off leaves nothing that is taken for data" {
  touch "$BATS_TEST_TMPDIR/crash"
  start
  refused "the server of the initialisation ended"
  [ ! -e "$DATA_DIR" ]
  rm "$BATS_TEST_TMPDIR/crash"
  mkdir -p "$DATA_DIR.initializing/data/half"
  start
  served
  [ ! -e "$DATA_DIR/data/half" ]
}

@test "without a password nothing is started" {
  rm "$CREDENTIALS_DIR/admin-password"
  start
  refused 'the Secret of the credentials has no key "admin-password", or an empty one'
}

@test "data of another layout, and a folder with something else, are not passed over" {
  mkdir -p "$VOLUME_DIR/data/system"
  start
  refused "data found in $VOLUME_DIR; this server has its data in $DATA_DIR"
  rm -r "$VOLUME_DIR/data"
  mkdir -p "$DATA_DIR/something"
  start
  refused "$DATA_DIR is not empty and has no data/system"
}

@test "existing data is demanded where it was declared" {
  export DATA_MUST_EXIST=true
  start
  refused "existing data was declared"
  make_data
  start
  served
}

@test "an image of another series, or that does not tell its version, is refused" {
  CASSANDRA_VERSION=4.1.11 start
  refused "the image runs Cassandra 4.1.11, declared is 5"
  CASSANDRA_VERSION='' start
  refused "the image does not tell its version"
  CASSANDRA_VERSION=50.1 start
  refused "the image runs Cassandra 50.1, declared is 5"
}

@test "data of a later series is refused, that of an earlier one opened and marked" {
  make_data
  echo 5.1 >"$DATA_DIR/.series"
  start
  refused "$DATA_DIR was used by Cassandra 5.1, this is 5.0"
  echo 4.1 >"$DATA_DIR/.series"
  start
  served
  [ "$(cat "$DATA_DIR/.series")" = 5.0 ]
  echo five >"$DATA_DIR/.series"
  start
  refused '"five", which is no version'
}

@test "a name that the data were not made with is refused" {
  make_data
  start
  served
  RACK=rack2 start
  refused "$DATA_DIR belongs to cluster orders, datacenter dc1, rack rack1; declared is cluster orders, datacenter dc1, rack rack2"
}

@test "the log is moved to its own volume once, and is not moved back without it" {
  make_data
  export WAL_DIR=$BATS_TEST_TMPDIR/wal/node
  start
  served
  [[ "$output" == *"log: old log"* ]]
  [ ! -e "$DATA_DIR/commitlog" ]
  start
  served
  [[ "$output" != *moving* ]]
  mv "$BATS_TEST_TMPDIR/wal" "$BATS_TEST_TMPDIR/elsewhere"
  start
  refused "the log of $DATA_DIR is in $WAL_DIR/commitlog, which does not exist"
  WAL_DIR='' start
  refused "the log of $DATA_DIR is in $WAL_DIR/commitlog, which does not exist"
}

@test "a move that was broken off is made again" {
  make_data
  export WAL_DIR=$BATS_TEST_TMPDIR/wal/node
  mkdir -p "$WAL_DIR/commitlog"
  echo half >"$WAL_DIR/commitlog/CommitLog-7-1.log"
  echo one >"$DATA_DIR/.pair"
  echo one >"$WAL_DIR/.pair"
  start
  served
  [[ "$output" == *"log: old log"* ]]
}

@test "the log of another database is never touched" {
  export WAL_DIR=$BATS_TEST_TMPDIR/wal/node
  mkdir -p "$WAL_DIR/commitlog"
  echo foreign >"$WAL_DIR/commitlog/CommitLog-7-1.log"
  start
  refused "$WAL_DIR holds the log of a database whose data are not in $DATA_DIR"
  make_data
  start
  refused "$WAL_DIR holds the log of another database than $DATA_DIR"
  echo one >"$WAL_DIR/.pair"
  echo two >"$DATA_DIR/.pair"
  start
  refused "$WAL_DIR holds the log of another database"
  [ "$(cat "$WAL_DIR/commitlog/CommitLog-7-1.log")" = foreign ]
}

@test "the certificate is put together for the server, and a key that it cannot read is refused" {
  make_data
  printf -- '-----BEGIN PRIVATE KEY-----\nkey\n' >"$TLS_DIR/tls.key"
  echo certificate >"$TLS_DIR/tls.crt"
  TLS=required start
  served
  [[ "$output" == *'yaml: client_encryption_options:'*'optional: false'*"keystore: $RUN_DIR/server.pem"* ]]
  [ "$(tail -n 2 "$RUN_DIR/server.pem")" = $'key\ncertificate' ]
  [ "$(stat -c %a "$RUN_DIR/server.pem")" = 600 ]
  TLS=optional start
  [[ "$output" == *'optional: true'* ]]
  echo '-----BEGIN RSA PRIVATE KEY-----' >"$TLS_DIR/tls.key"
  TLS=required start
  refused "the key of the certificate is not in PKCS #8"
}

@test "without an address of the pod nothing is started" {
  make_data
  echo '127.0.0.1 localhost' >"$HOSTS_FILE"
  start
  refused "$HOSTS_FILE has no address for orders-0"
}
