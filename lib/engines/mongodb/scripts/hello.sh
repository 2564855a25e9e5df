#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced: asks the server {hello: 1} by hand over 127.0.0.1, because mongosh would start a whole Node.js for every probe.
# Waits: PROBE_TIMEOUT - 2 s for the head of the answer and 1 s for the rest: below the probe's own limit.

# OP_MSG (2013), 52 bytes, request 1, no flags, one section: {hello: 1, $db: "admin"} in BSON.
# https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md
# shellcheck disable=SC2016 # $db is a name of the protocol
HELLO='\x34\0\0\0\x01\0\0\0\0\0\0\0\xdd\x07\0\0\0\0\0\0\0\x1f\0\0\0\x10hello\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0'

# isWritablePrimary: true, and ok: 1.0, as the answer has them.
# shellcheck disable=SC2034 # used by the probes
WRITABLE=' 08 69 73 57 72 69 74 61 62 6c 65 50 72 69 6d 61 72 79 00 01'
# shellcheck disable=SC2034
FINE=' 01 6f 6b 00 00 00 00 00 00 00 f0 3f'

# The answer on descriptor 8 as hexadecimal bytes in ANSWER, with a blank before each.
receive() {
  local head=() length result=0
  length=$(timeout "$((PROBE_TIMEOUT - 2))" head -c 4 <&8 2>/dev/null | od -An -v -tu1) || result=$?
  if ((result == 124)); then return 3; fi
  read -r -a head <<<"$length" || true
  if ((${#head[@]} < 4)); then return 2; fi
  length=$((head[0] + 256 * head[1] + 65536 * head[2]))
  if ((length < 26 || length > 1000000 || head[3] != 0)); then return 2; fi
  ANSWER=$(timeout 1 head -c "$((length - 4))" <&8 2>/dev/null | od -An -v -tx1 | tr -d '\n') || return 3
}

listens() { { exec 8<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null; }

# hello PORT: 0 with the answer in ANSWER; 1 where nobody listens, 2 where somebody hangs up, 3 where there is only silence.
hello() {
  local result=0 talk=''
  # shellcheck disable=SC2034
  ANSWER=''
  trap '' PIPE
  if [[ "$TLS_REQUIRED" == true ]]; then
    # shellcheck disable=SC2059 # the bytes are the format
    exec 8< <(exec timeout "$((PROBE_TIMEOUT - 1))" openssl s_client -quiet -connect "127.0.0.1:$1" \
      < <(printf "$HELLO") 2>/dev/null)
    talk=$!
    receive || result=$?
    kill "$talk" 2>/dev/null || true
    # openssl says the same of nobody there and of nobody who talks TLS.
    if ((result == 2)) && ! listens "$1"; then result=1; fi
  else
    listens "$1" || return 1
    # shellcheck disable=SC2059
    printf "$HELLO" >&8 2>/dev/null || true
    receive || result=$?
  fi
  { exec 8>&-; } 2>/dev/null || true
  return "$result"
}
