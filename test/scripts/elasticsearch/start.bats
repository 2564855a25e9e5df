#!/usr/bin/env bats
# start.sh on a stub of the server: the volume, the versions, and the configuration.

setup() {
  load common
  image elasticsearch 8.19.21
  export ES_PATH_CONF=$CONF
}

# data FOLDER: as a server leaves it.
data() {
  mkdir -p "$1/_state" "$1/indices"
  touch "$1/node.lock" "$1/_state/node-0.st"
}

@test "an empty volume: the server becomes this process with the lock, and the volume remembers its version" {
  start
  served
  [[ "$output" == *'makes a new cluster named "orders"'* ]]
  [[ "$output" == *"arguments: "$'\n'* ]]
  [ "$(<"$VOLUME_DIR/.elasticsearch.version")" = "8.19.21 orders" ]
  [ "$(stat -c %a "$DATA_DIR")" = 700 ]
}

@test "the server inherits the lock and no other descriptor" {
  local before after
  before=$(bash -c 'cd "/proc/$$/fd" && echo [0-9]* 255' 3>&- | tr ' ' '\n' | sort)
  start
  served
  after=$(sed -n 's/^descriptors: //p' <<<"$output" | tr ' ' '\n' | sort)
  echo "$before, then $after"
  [ "$(comm -13 <(echo "$before") <(echo "$after"))" = 9 ]
}

@test "the configuration is the image's with ours on top, and nobody else can read it" {
  echo "of the image" >"$SERVER_HOME/config/only-there"
  start
  served
  [ "$(<"$CONF/jvm.options")" = "of the image" ]
  [ "$(<"$CONF/only-there")" = "of the image" ]
  [ "$(<"$CONF/jvm.options.d/stateful.options")" = "of the database" ]
  [ "$(<"$CONF/elasticsearch.yml")" = "of the database" ]
  [ "$(<"$CONF/log4j2.properties")" = "of the database" ]
  [ "$(<"$CONF/roles.yml")" = "of the database" ]
  [ "$(find "$CONF" -perm /077)" = "" ]
}

@test "settings for a plugin are added only where the image has the plugin" {
  printf 'one: 1\n' >"$CONFIG_DIR/with-there.yml"
  printf 'two: 2\n' >"$CONFIG_DIR/with-missing.yml"
  mkdir "$SERVER_HOME/plugins/there"
  start
  served
  [ "$(<"$CONF/elasticsearch.yml")" = $'of the database\none: 1' ]
}

@test "a second start keeps the data and says nothing of a new cluster; what an earlier one composed is gone" {
  start
  data "$DATA_DIR"
  touch "$CONF/left-over"
  start
  served
  [[ "$output" != *"new cluster"* ]]
  [ -e "$DATA_DIR/_state/node-0.st" ]
  [ ! -e "$CONF/left-over" ]
}

@test "a first start that was broken off is completed" {
  start
  mkdir -p "$DATA_DIR/nodes/0"
  touch "$DATA_DIR/node.lock" "$DATA_DIR/nodes/0/node.lock"
  start
  served
}

@test "no data where data were declared: no empty database takes their place" {
  export DATA_MUST_EXIST=true
  start
  refused "existing data was declared"
  [ ! -e "$DATA_DIR" ]
  [ ! -e "$VOLUME_DIR/.elasticsearch.version" ]
  data "$DATA_DIR"
  start
  served
}

@test "data in any other folder of the volume are refused, and not touched" {
  local folder
  for folder in "$VOLUME_DIR" "$VOLUME_DIR/other" "$VOLUME_DIR/nodes/0" "$VOLUME_DIR/opensearch/nodes/0"; do
    data "$folder"
    start
    refused "data found in $folder;"
    [ ! -e "$DATA_DIR" ]
    rm -rf "$folder"/{_state,indices,node.lock}
  done
  start
  served
}

@test "files of something else are refused" {
  mkdir -p "$DATA_DIR"
  touch "$DATA_DIR/PG_VERSION"
  start
  refused "holds PG_VERSION and no state"
}

@test "data of a later version are refused, number by number" {
  local found
  for found in 8.19.22 8.20.0 9.0.0 10.0.0; do
    data "$DATA_DIR"
    echo "$found orders" >"$VOLUME_DIR/.elasticsearch.version"
    start
    refused "was opened by version $found, this is 8.19.21"
    [ "$(<"$VOLUME_DIR/.elasticsearch.version")" = "$found orders" ]
  done
}

@test "data of an earlier version are opened, and remembered as of this one" {
  local found
  for found in 8.19.9 8.9.30 7.17.29; do
    data "$DATA_DIR"
    echo "$found orders" >"$VOLUME_DIR/.elasticsearch.version"
    start
    served
    [[ "$output" == *"last opened by version $found, now by 8.19.21"* ]]
    [ "$(<"$VOLUME_DIR/.elasticsearch.version")" = "8.19.21 orders" ]
  done
}

@test "data without a mark, as another tool leaves them, are opened" {
  data "$DATA_DIR"
  start
  served
}

@test "a volume that was adopted under another name is told, and served" {
  data "$DATA_DIR"
  echo "8.19.21 invoices" >"$VOLUME_DIR/.elasticsearch.version"
  start
  served
  [[ "$output" == *'last used as "invoices", now as "orders"'* ]]
}

@test "an image of another version than the declared one is refused before anything is written" {
  export DB_MAJOR=9
  start
  refused "the image has elasticsearch 8.19.21, declared is version 9"
  [ ! -e "$VOLUME_DIR/.elasticsearch.version" ]
  rm "$SERVER_HOME/lib/elasticsearch-8.19.21.jar"
  start
  refused "the image has elasticsearch of an unknown version"
}

@test "a pod that waits for the lock ends when it is told to" {
  local waiting result=0
  (
    exec 8>>"$VOLUME_DIR/.lock"
    flock 8
    exec sleep 60 3>&-
  ) &
  sleep 0.5
  "$SCRIPTS/start.sh" >"$RECORD/log" 2>&1 3>&- &
  waiting=$!
  until grep -q "another pod holds" "$RECORD/log"; do sleep 0.1; done
  kill -s TERM "$waiting"
  wait "$waiting" || result=$?
  kill %1
  [ "$result" -eq 143 ]
  [[ "$(<"$RECORD/log")" != *SERVER* ]]
}

@test "an image without flock is started, and the lock is left to the server" {
  local tool
  mkdir "$BATS_TEST_TMPDIR/tools"
  for tool in bash cat cp dirname env mkdir mv rm sha256sum sync timeout tr; do ln -s "$(command -v "$tool")" "$BATS_TEST_TMPDIR/tools/$tool"; done
  PATH=$BATS_TEST_TMPDIR/tools start
  [ "$status" -eq 0 ]
  [[ "$output" == *"SERVER elasticsearch"* ]]
  [ ! -e "$VOLUME_DIR/.lock" ]
}
