#!/usr/bin/env bash
# The client of Kafka: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
set -Eeuo pipefail

BIN=/opt/kafka/bin
CONFIG=/tmp/client-$$.properties
trap 'rm -f "$CONFIG"' EXIT
export KAFKA_HEAP_OPTS='-Xmx96m' KAFKA_JVM_PERFORMANCE_OPTS='-XX:+UseSerialGC -XX:TieredStopAtLevel=1'

# The password is quoted for the login module, and once more for the properties file.
configure() {
  local login
  login=$(< "$PASSWORD_FILE")
  login=${login//\\/\\\\}
  login=${login//\"/\\\"}
  (
    umask 077
    printf '%s\n' security.protocol=SASL_PLAINTEXT sasl.mechanism=SCRAM-SHA-512 request.timeout.ms=5000 delivery.timeout.ms=8000 linger.ms=0 \
      max.block.ms=20000 default.api.timeout.ms=20000 reconnect.backoff.max.ms=200 retry.backoff.max.ms=200 \
      "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"$USERNAME\" password=\"${login//\\/\\\\}\";" > "$CONFIG"
  )
}

topic() { "$BIN/kafka-topics.sh" --bootstrap-server "$HOST:$PORT" --command-config "$CONFIG" --create --if-not-exists --topic "$1" > /dev/null; }

write() {
  topic pairs
  printf '%s=%s\n' "$1" "$2" | "$BIN/kafka-console-producer.sh" --bootstrap-server "$HOST:$PORT" --producer.config "$CONFIG" --topic pairs \
    --sync --request-required-acks -1 --property parse.key=true --property key.separator== > /dev/null
}

# all TOPIC OPTIONS: every record, as far as there are now.
all() {
  local end
  end=$("$BIN/kafka-get-offsets.sh" --bootstrap-server "$HOST:$PORT" --command-config "$CONFIG" --topic "$1")
  end=${end##*:}
  if [[ ! "$end" =~ ^[1-9] ]]; then return; fi
  "$BIN/kafka-console-consumer.sh" --bootstrap-server "$HOST:$PORT" --consumer.config "$CONFIG" --topic "$1" --partition 0 --offset earliest \
    --max-messages "$end" --timeout-ms 30000 "${@:2}" 2> /dev/null
}

# The newest value of the key.
read_key() { all pairs --property print.key=true --property key.separator== | sed -n "s/^$1=//p" | tail -n 1; }

# One producer with a number of requests in flight; it reconnects by itself. It counts from 0, with the number of its run before
# that: what was not acknowledged is never sent again.
load() {
  local run=0 line
  topic numbers
  while [[ ! -e $1.stop ]]; do
    run=$((run + 1))
    { "$BIN/kafka-run-class.sh" org.apache.kafka.tools.VerifiableProducer --bootstrap-server "$HOST:$PORT" --producer.config "$CONFIG" \
      --topic numbers --acks -1 --throughput 500 --value-prefix "$run" 2> /dev/null || :; } |
      while read -r line; do
        if [[ "$line" =~ \"producer_send_success\".*\"value\":\"([0-9]+)\.([0-9]+)\" ]]; then
          printf '%s %s\n' "$EPOCHREALTIME" "$((BASH_REMATCH[1] * 10000000 + BASH_REMATCH[2]))"
        fi
      done >> "$1"
    sleep 0.2
  done
}

list() {
  local run number
  all numbers | while IFS=. read -r run number; do printf '%d\n' "$((run * 10000000 + number))"; done
}

configure
case "$1" in
  write) write "$2" "$3" ;;
  read) read_key "$2" ;;
  load) load "$2" ;;
  list) list ;;
esac
