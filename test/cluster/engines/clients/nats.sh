#!/usr/bin/env bash
# The client of NATS: write KEY VALUE, read KEY, load FILE, list. See profile.ts. There is no client in the image; the protocol is
# text, and bash speaks it.
set -Eeuo pipefail

SECONDS_TO_ANSWER=20
SESSIONS=12

fail() {
  printf 'nats.sh: %s\n' "$*" >&2
  exit 1
}

# Connects as descriptor 3, and subscribes to a subject of its own, where everything that is asked for comes back.
open() {
  local line
  ANSWERS=answers.$BASHPID.$RANDOM
  { exec 3<> "/dev/tcp/$HOST/$PORT"; } 2> /dev/null || return 1
  printf 'CONNECT {"verbose":false,"pedantic":false,"user":"%s","pass":"%s"}\r\nSUB %s 1\r\nPING\r\n' \
    "$USERNAME" "$(< "$PASSWORD_FILE")" "$ANSWERS" >&3
  while read -r -t "$SECONDS_TO_ANSWER" -u 3 line; do
    case $line in
      PONG*) return ;;
      -ERR*) fail "$line" ;;
    esac
  done
  return 1
}

# Reads the next answer into ANSWER.
answer() {
  local line
  while read -r -t "$SECONDS_TO_ANSWER" -u 3 line; do
    case $line in
      MSG*)
        read -r -t "$SECONDS_TO_ANSWER" -u 3 ANSWER
        return
        ;;
      PING*) printf 'PONG\r\n' >&3 ;;
      -ERR*) fail "$line" ;;
    esac
  done
  return 1
}

# ask SUBJECT TEXT: the answer, which has to have the third argument in it.
ask() {
  printf 'PUB %s %s %d\r\n%s\r\n' "$1" "$ANSWERS" "${#2}" "$2" >&3
  answer || fail "no answer from $1"
  [[ "$ANSWER" == *"$3"* ]] || fail "$1: $ANSWER"
}

# stream NAME SUBJECTS: a connection, and a stream that is there.
stream() {
  open || fail "no connection to $HOST"
  # shellcheck disable=SC2016 # the subject's own dollar sign
  ask '$JS.API.STREAM.CREATE.'"$1" '{"name":"'"$1"'","subjects":["'"$2"'"],"storage":"file"}' '"did_create":true'
}

message() { # the request of a message; prints what it says
  # shellcheck disable=SC2016
  ask '$JS.API.STREAM.MSG.GET.pairs' "$1" '"data":"'
  ANSWER=${ANSWER#*\"data\":\"}
  base64 -d <<< "${ANSWER%%\"*}"
}

# Each session has a connection, a stream and numbers of its own, because a stream puts one message after the other on the disk. A
# message carries its number, and so does the subject that its acknowledgement comes back to. As many as 8 are on their way at a time.
# What is not acknowledged is never sent again.
session() { # FILE SESSION
  local base=$(($2 * 1000000000)) line number
  while [[ ! -e $1.stop ]]; do
    base=$((base + 1000000))
    if (stream "numbers-$2" "numbers.$2") 2> /dev/null && open; then
      printf 'SUB acknowledged.%d.* 2\r\n' "$2" >&3
      number=$base
      for _ in {1..8}; do
        number=$((number + 1))
        publish "$2" "$number"
      done
      while read -r -t 2 -u 3 line && [[ ! -e $1.stop ]]; do
        if [[ "$line" == PING* ]]; then printf 'PONG\r\n' >&3 || break; fi
        if [[ "$line" != 'MSG acknowledged.'* ]]; then continue; fi
        line=${line#MSG acknowledged.*.}
        read -r -t 2 -u 3 ANSWER || break
        if [[ "$ANSWER" != *'"seq":'* ]]; then continue; fi
        printf '%s %s\n' "$EPOCHREALTIME" "${line%% *}"
        number=$((number + 1))
        publish "$2" "$number" || break
        # What is written has to be read again, by a shell: some hundred messages a second in all.
        ((number % 8 != 0)) || sleep 0.2
      done >> "$1"
    fi
    exec 3>&- || :
    sleep 0.2
  done
}

publish() { # SESSION NUMBER
  printf 'PUB numbers.%d acknowledged.%d.%d %d\r\n%d\r\n' "$1" "$1" "$2" "${#2}" "$2" 2> /dev/null >&3
}

load() {
  local session
  for ((session = 1; session <= SESSIONS; session++)); do session "$1" "$session" & done
  wait
}

# By an ordinary consumer, which sends everything there is; the last message says that none is pending.
list() { # SESSION
  # A subject of this run alone: the consumer of an earlier run may still be there, and would answer too.
  local line number subject=listed.$1.$BASHPID.$RANDOM
  stream "numbers-$1" "numbers.$1"
  # shellcheck disable=SC2016
  ask '$JS.API.CONSUMER.CREATE.numbers-'"$1" '{"stream_name":"numbers-'"$1"'","config":{"deliver_subject":"'"$subject"'","ack_policy":"none"}}' '"num_pending":'
  if [[ "$ANSWER" =~ \"num_pending\":0[,}] ]]; then return; fi
  printf 'SUB %s 3\r\n' "$subject" >&3
  while read -r -t "$SECONDS_TO_ANSWER" -u 3 line; do
    if [[ "$line" == PING* ]]; then printf 'PONG\r\n' >&3; fi
    if [[ "$line" != MSG* ]]; then continue; fi
    read -r -t "$SECONDS_TO_ANSWER" -u 3 number
    printf '%s\n' "${number%$'\r'}"
    # MSG SUBJECT 3 $JS.ACK.stream.consumer.delivered.sequence.consumed.time.PENDING BYTES
    line=${line% *}
    if [[ "$line" == *.0 ]]; then return; fi
  done
  fail "the list ends too early"
}

trap '' PIPE
case "$1" in
  write)
    stream pairs 'pairs.*'
    ask "pairs.$2" "$3" '"seq":'
    ;;
  read)
    open || fail "no connection to $HOST"
    message "{\"last_by_subj\":\"pairs.$2\"}"
    ;;
  load) load "$2" ;;
  list) for ((session = 1; session <= SESSIONS; session++)); do (list "$session"); done ;;
esac
