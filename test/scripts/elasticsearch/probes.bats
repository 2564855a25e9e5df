#!/usr/bin/env bats
# The probes on a stub of curl.

setup() {
  load common
  image elasticsearch 9.5.3
  export PATH="$STUBS:$PATH" PROBE_TIMEOUT=5
}

answers() { # CODE [BODY]
  echo "$1" >"$RECORD/code"
  printf '%s' "${2:-}" >"$RECORD/answer"
}

# health STATUS INITIALIZING UNASSIGNED FETCHES TASKS
health() {
  answers 200 "{\"cluster_name\":\"orders\",\"status\":\"$1\",\"timed_out\":false,\"active_shards\":1,\"relocating_shards\":0,\
\"initializing_shards\":$2,\"unassigned_shards\":$3,\"delayed_unassigned_shards\":0,\"number_of_pending_tasks\":$5,\
\"number_of_in_flight_fetch\":$4,\"task_max_waiting_in_queue_millis\":0,\"active_shards_percent_as_number\":100.0}"
}

@test "started and alive: any answer is one" {
  local probe code
  for probe in started alive; do
    for code in 200 401 503; do
      answers "$code"
      run "$SCRIPTS/$probe.sh"
      [ "$status" -eq 0 ]
      [[ "$output" == *"($code)" ]]
    done
  done
}

@test "started and alive: no answer is none" {
  local probe
  for probe in started alive; do
    run "$SCRIPTS/$probe.sh"
    [ "$status" -eq 1 ]
    [[ "$output" == *"no answer at http://127.0.0.1:9200"* ]]
  done
}

@test "each probe is answered, or gives up, before the kubelet does" {
  answers 200
  "$SCRIPTS/started.sh"
  "$SCRIPTS/alive.sh"
  "$SCRIPTS/ready.sh" || true
  [ "$(grep -o -- '--max-time [0-9]*' "$RECORD/curl.arguments" | paste -sd ' ')" = "--max-time 4 --max-time 9 --max-time 4" ]
}

@test "ready: green and yellow" {
  local state
  for state in green yellow; do
    health "$state" 0 1 0 0
    run "$SCRIPTS/ready.sh"
    [ "$status" -eq 0 ]
    [ "$output" = "ready: $state" ]
  done
}

@test "not ready: red while anything is still being done, and before the node has read its state" {
  local state
  for state in '1 1 0 0' '0 1 1 0' '0 1 0 3' '0 0 0 0' '10 1 0 0'; do
    # shellcheck disable=SC2086 # four numbers
    health red $state
    run "$SCRIPTS/ready.sh"
    echo "$state: $output"
    [ "$status" -eq 1 ]
  done
}

@test "ready: red with all work done, because the other shards are served" {
  health red 0 12 0 0
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"some shards are lost"* ]]
}

@test "not ready: no answer, and every code but 200 and 401" {
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  answers 503 '{"status":"green"}'
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 1 ]
  answers 401
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [[ "$output" == *"does not know the password"* ]]
}

@test "the password goes to curl through a pipe, as curl reads it, and only with the question that needs it" {
  printf '%s' 'a"b\c' >"$CREDENTIALS_DIR/password"
  health green 0 0 0 0
  "$SCRIPTS/started.sh"
  "$SCRIPTS/alive.sh"
  run cat "$RECORD/curl.config"
  [ "$output" = $'url = "http://127.0.0.1:9200/"\nurl = "http://127.0.0.1:9200/"' ]
  : >"$RECORD/curl.config"
  "$SCRIPTS/ready.sh"
  run cat "$RECORD/curl.config"
  [ "$output" = $'user = "app:a\\"b\\\\c"\nurl = "http://127.0.0.1:9200/_cluster/health?local=true"' ]
  run grep -F 'a"b' "$RECORD/curl.arguments"
  [ "$status" -eq 1 ]
}

@test "a server without users is asked without a password" {
  export APP_USER='' CREDENTIALS_DIR=''
  health green 0 0 0 0
  run "$SCRIPTS/ready.sh"
  [ "$status" -eq 0 ]
  [[ "$(<"$RECORD/curl.config")" != *user* ]]
}
