#!/usr/bin/env bash
# The client of OpenSearch: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
set -Eeuo pipefail

BATCH=200

# request METHOD PATH [BODY]: prints the answer; fails unless it is a 2xx.
request() {
  curl --silent --show-error --fail --max-time 60 --request "$1" --header 'Content-Type: application/json' \
    ${3:+--data-binary "$3"} "http://$HOST:$PORT$2"
}

# Prints the answer to one request of the open session.
answer() {
  local line length=0
  while IFS= read -r -t 5 line <&3; do
    line=${line%$'\r'}
    case "${line,,}" in
      content-length:*) length=${line##*: } ;;
      '') break ;;
    esac
  done
  ((length > 0)) || return 1
  IFS= read -r -t 5 -N "$length" line <&3 || return 1
  printf '%s' "$line"
}

# One connection, one request after the other. A request has many numbers, which are acknowledged together or not at all.
# Those of a request without an acknowledgement are never sent again.
session() {
  local number=$(($1 * 1000000)) body line numbers each
  exec 3<> "/dev/tcp/$HOST/$PORT" || return
  while [[ ! -e $2.stop ]]; do
    body='' numbers=()
    for ((each = 0; each < BATCH; each++)); do
      number=$((number + 1))
      numbers+=("$number")
      printf -v line '{"index":{"_id":"%d"}}\n{}\n' "$number"
      body+=$line
    done
    printf 'POST /numbers/_bulk?timeout=2s&filter_path=errors HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n%s' \
      "$HOST" "${#body}" "$body" >&3
    if ! body=$(answer); then
      echo 'the connection ended' >&2
      return
    fi
    if [[ "$body" == '{"errors":false}' ]]; then
      printf "$EPOCHREALTIME %d\n" "${numbers[@]}" >> "$2"
    else
      echo "not acknowledged: $body" >&2
      sleep 0.2
    fi
  done
}

load() {
  local round=0
  while [[ ! -e $1.stop ]]; do
    round=$((round + 1))
    (session "$round" "$1") || true
    sleep 0.2
  done
}

list() {
  local page scroll
  request POST /numbers/_refresh > /dev/null
  page=$(request POST '/numbers/_search?scroll=1m&size=10000&_source=false&sort=_doc&filter_path=_scroll_id,hits.hits._id')
  while [[ "$page" == *'"_id"'* ]]; do
    grep -o '"_id":"[0-9]*"' <<< "$page" | cut -d'"' -f4
    scroll=$(grep -o '"_scroll_id":"[^"]*"' <<< "$page" | cut -d'"' -f4)
    page=$(request POST '/_search/scroll?filter_path=_scroll_id,hits.hits._id' "{\"scroll\":\"1m\",\"scroll_id\":\"$scroll\"}")
  done
}

case "$1" in
  write) request PUT "/pairs/_doc/$2" "{\"value\":\"$3\"}" > /dev/null ;;
  read) request GET "/pairs/_source/$2" | cut -d'"' -f4 ;;
  load) load "$2" ;;
  list) list ;;
esac
