#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test is a subshell, that is meant
# start.sh on stub programs: every branch, every refusal, and an initialisation that is broken off.

setup() {
  load common
  make_home
  export PATH="$STUBS:$PATH"
  export VOLUME_DIR=$BATS_TEST_TMPDIR/data RUN_DIR=$BATS_TEST_TMPDIR/run CONFIG_DIR=/opt/stateful/config
  export LOG_FOLDER=$VOLUME_DIR/log CLUSTER_ID=$ID DB_VERSION=4 DATA_MUST_EXIST=false SERVER_MEMORY='-Xmx512m'
  export MEMBERS_SERVICE=orders-members RESOLV_CONF=$BATS_TEST_TMPDIR/resolv.conf HOSTNAME=orders-0
  unset TLS_DIR
  mkdir -p "$VOLUME_DIR/lost+found" "$RUN_DIR"
  printf 'nameserver 10.0.0.1\nsearch shop.svc.cluster.local svc.cluster.local cluster.local\n' >"$RESOLV_CONF"
}

start() { run "$SCRIPTS/start.sh" 3>&-; }

# Data as a finished initialisation leaves them, in the folder $1 of cluster $2 and node $3.
make_data() {
  mkdir -p "$1"
  printf '#\nversion=1\ncluster.id=%s\nnode.id=%s\n' "$2" "${3:-1}" >"$1/meta.properties"
}

refused() {
  [ "$status" -eq 1 ]
  [[ "$output" == *"REFUSED: "*"$1"* ]]
  [[ "$output" != *SERVER* ]]
}

served() {
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER $CONFIG_DIR/server.properties"* ]]
  [[ "$output" == *"lock: held"* ]]
}

with_tls() {
  export TLS_DIR=$BATS_TEST_TMPDIR/tls
  mkdir "$TLS_DIR"
  certificate one
}

@test "an empty volume is formatted with the declared id, and the server becomes this process with the lock" {
  start
  served
  [ "$(cat "$LOG_FOLDER/meta.properties")" = "$(printf 'node.id=1\ndirectory.id=x\nversion=1\ncluster.id=%s' "$ID")" ]
  [ ! -e "$LOG_FOLDER.initializing" ]
}

@test "the tool that formats gets no user and no password" {
  start
  served
  [ "$(cat "$BATS_TEST_TMPDIR/format.arguments")" = "$(printf '%s\n' format --cluster-id "$ID" --config "$CONFIG_DIR/server.properties")" ]
}

@test "the second start formats nothing" {
  start
  rm "$BATS_TEST_TMPDIR/format.arguments"
  touch "$LOG_FOLDER/mine"
  start
  served
  [ ! -e "$BATS_TEST_TMPDIR/format.arguments" ]
  [ -e "$LOG_FOLDER/mine" ]
}

@test "a format that was broken off is no log, and the next start makes a whole one" {
  local point
  for point in before after; do
    echo "$point"
    rm -rf "$LOG_FOLDER"
    echo "$point" >"$BATS_TEST_TMPDIR/break"
    start
    [ "$status" -ne 0 ]
    [[ "$output" != *SERVER* ]]
    [ ! -e "$LOG_FOLDER" ]
    rm "$BATS_TEST_TMPDIR/break"
    start
    served
  done
}

@test "only the server gets its heap, and it writes no log beside the container's" {
  start
  served
  [[ "$output" == *"heap: -Xmx512m"* ]]
  [[ "$output" == *"gc: -name kafkaServer"* ]]
}

@test "clients are sent to the member's name with the namespace of the search list" {
  start
  served
  [[ "$output" == *"advertised: orders-0.orders-members.shop.svc"* ]]
}

@test "a search list of the user's own comes before the cluster's" {
  printf 'search example.com shop.svc.corp.example svc.corp.example\noptions ndots:5\n' >"$RESOLV_CONF"
  start
  served
  [[ "$output" == *"advertised: orders-0.orders-members.shop.svc"* ]]
}

@test "without a namespace in the search list the name is short, and the log says so" {
  printf 'nameserver 10.0.0.1\nsearch example.com\n' >"$RESOLV_CONF"
  start
  served
  [[ "$output" == *"WARNING: $RESOLV_CONF names no namespace"* ]]
  grep -qx 'advertised: orders-0.orders-members' <<<"$output"
}

@test "data of another cluster are refused" {
  make_data "$LOG_FOLDER" AAAAAAAAAAAAAAAAAAAAAB
  start
  refused "holds data of cluster \"AAAAAAAAAAAAAAAAAAAAAB\", declared is $ID"
}

@test "data of another node of a larger cluster are refused" {
  make_data "$LOG_FOLDER" "$ID" 2
  start
  refused 'holds data of node "2"'
}

@test "data in another place of the volume are refused, wherever they are" {
  local place
  for place in '' /kraft-combined-logs /a/b; do
    make_data "$VOLUME_DIR$place" "$ID"
    start
    refused "found in $VOLUME_DIR$place, but they belong in $LOG_FOLDER"
    rm "$VOLUME_DIR$place/meta.properties"
  done
  start
  served
}

@test "a folder without meta.properties is not touched" {
  mkdir -p "$LOG_FOLDER/orders-0"
  start
  refused 'is not empty and has no meta.properties'
  [ -d "$LOG_FOLDER/orders-0" ]
}

@test "an empty volume is refused where data are declared" {
  export DATA_MUST_EXIST=true
  start
  refused 'existing data was declared'
  [ ! -e "$LOG_FOLDER" ]
}

@test "an image of another major is refused, and one without Kafka" {
  rm "$KAFKA_HOME/libs"/kafka-clients-*
  touch "$KAFKA_HOME/libs/kafka-clients-3.9.1.jar"
  start
  refused 'the image has Kafka "3.9.1"'
  rm "$KAFKA_HOME/libs"/kafka-clients-*
  start
  refused 'declared is 4'
  touch "$KAFKA_HOME/libs/kafka-clients-4.3.0.jar"
  start
  served
}

@test "the certificate is composed in memory, for nobody else to read" {
  with_tls
  start
  served
  [ "$(cat "$RUN_DIR/server.pem")" = "$(cat "$TLS_DIR/tls.key" "$TLS_DIR/tls.crt")" ]
  [ "$(stat -c %a "$RUN_DIR/server.pem")" = 600 ]
}

@test "a certificate that Kafka cannot read is refused, with what to do" {
  with_tls
  printf -- '-----BEGIN RSA PRIVATE %s-----\n' KEY >"$TLS_DIR/tls.key"
  start
  refused 'the certificate'
  [[ "$output" == *'cert-manager makes it with privateKey.encoding PKCS8'* ]]
}

@test "everything that has to be said is asked for" {
  local name
  for name in VOLUME_DIR LOG_FOLDER CONFIG_DIR CLUSTER_ID DB_VERSION DATA_MUST_EXIST KAFKA_HOME RUN_DIR MEMBERS_SERVICE SERVER_MEMORY RESOLV_CONF; do
    run env -u "$name" "$SCRIPTS/start.sh" 3>&-
    echo "$name: $output"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$name: "* ]]
  done
}
