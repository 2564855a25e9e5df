#!/usr/bin/env bash
# The client of ZooKeeper: write KEY VALUE, read KEY, load FILE, list. See profile.ts.
set -Eeuo pipefail

# The password is quoted for the login module.
configure() {
  local login
  FOLDER=$(mktemp -d /tmp/client.XXXXXX)
  trap 'rm -rf "$FOLDER"' EXIT
  login=$(< "$PASSWORD_FILE")
  login=${login//\\/\\\\}
  login=${login//\"/\\\"}
  (
    umask 077
    printf 'Client {\n  org.apache.zookeeper.server.auth.DigestLoginModule required username="%s" password="%s";\n};\n' "$USERNAME" "$login" > "$FOLDER/login.conf"
  )
  export ZOO_CONF_DIR=$FOLDER ZOOCFGDIR=$FOLDER ZOO_LOG_DIR=/tmp CLIENT_JVMFLAGS="-Xmx96m -Djute.maxbuffer=8388608 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.security.auth.login.config=$FOLDER/login.conf"
}

# Reads commands, and prints what the server answered to each.
shell() { zkCli.sh -waitforconnection -timeout 10000 -server "$HOST:$PORT" 2>&1; }

# said WHAT LINES...: runs the commands; fails unless the server said so.
said() {
  local answer
  answer=$(printf '%s\n' "${@:2}" quit | timeout 60 zkCli.sh -waitforconnection -timeout 10000 -server "$HOST:$PORT" 2>&1 || :)
  grep -qE "$1" <<< "$answer"
}

write() { said "^Created /$1|^Node already exists: /$1" "create /$1 $2" && said "^$2\$" "set /$1 $2" "get /$1"; }

read_key() { printf '%s\n' "get /$1" quit | shell | sed -n '/^WATCHER::/,$!d; /^[A-Za-z0-9_-][A-Za-z0-9_-]*$/p' | tail -n 1; }

# The shell of ZooKeeper waits for the disk with every write. So the load speaks the protocol itself, with many writes under way:
# https://github.com/apache/zookeeper/blob/master/zookeeper-jute/src/main/resources/zookeeper.jute, and SASL as of RFC 2831.

# bytes NUMBER: four bytes, the highest first, as printf takes them.
bytes() {
  local hex
  printf -v hex '%08x' "$1"
  printf -v BYTES '\\x%s\\x%s\\x%s\\x%s' "${hex:0:2}" "${hex:2:2}" "${hex:4:2}" "${hex:6:2}"
}

# send_token TEXT: a step of the login. Prints what the server answers.
send_token() {
  local length frame
  bytes "$((12 + ${#1}))" && frame=$BYTES
  bytes "${#1}"
  # shellcheck disable=SC2059 # the bytes are the format
  printf "$frame\\0\\0\\0\\1\\0\\0\\0\\x66$BYTES" >&3
  printf '%s' "$1" >&3
  length=$(head -c 4 <&3 | od -An -tu4 --endian=big)
  head -c "$((length))" <&3 | tail -c +21
}

hash() { md5sum | head -c 32; }

login() {
  local nonce login inner uri=zookeeper/zk-sasl-md5 own=0123456789abcdef
  { exec 3<> "/dev/tcp/$HOST/$PORT"; } 2> /dev/null || return 1
  # A new session of 10 s.
  printf '\0\0\0\x2d\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x27\x10\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >&3
  [[ "$(timeout 8 head -c 41 <&3 | wc -c)" == 41 ]] || return 1
  nonce=$(send_token '')
  nonce=${nonce#*nonce=\"} nonce=${nonce%%\"*}
  login=$(printf '%s:zk-sasl-md5:%s' "$USERNAME" "$(< "$PASSWORD_FILE")" | hash)
  # shellcheck disable=SC2059,SC2001 # the bytes are the format
  inner=$({ printf "$(sed 's/../\\x&/g' <<< "$login")" && printf ':%s:%s' "$nonce" "$own"; } | hash)
  login=$(printf '%s:%s:00000001:%s:auth:%s' "$inner" "$nonce" "$own" "$(printf 'AUTHENTICATE:%s' "$uri" | hash)" | hash)
  [[ "$(send_token "charset=utf-8,username=\"$USERNAME\",realm=\"zk-sasl-md5\",nonce=\"$nonce\",nc=00000001,cnonce=\"$own\",digest-uri=\"$uri\",maxbuf=65536,response=$login,qop=auth")" == *rspauth* ]]
}

# create /number-XXXXXXXX, open to everyone who is logged in, with the number as the request's own: about 200 a second.
creates() {
  local number=$1
  while :; do
    bytes "$number"
    # shellcheck disable=SC2059 # the bytes are the format
    printf "\\0\\0\\0\\x3f$BYTES\\0\\0\\0\\1\\0\\0\\0\\x10/number-%08d\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\x1f\\0\\0\\0\\5world\\0\\0\\0\\6anyone\\0\\0\\0\\0" "$number" >&3 || return
    number=$((number + 1))
    if ((number % 10 == 0)); then sleep 0.05; fi
  done
}

# Each session has numbers of its own. What is not acknowledged is never sent again. An answer is 40 bytes: length, number,
# transaction (8), error, path.
load() {
  local session=0 sender length number high low error
  while [[ ! -e $1.stop ]]; do
    if login; then
      session=$((session + 1))
      creates "$((session * 100000 + 1))" 2> /dev/null &
      sender=$!
      while read -r -t 8 length number high low error _; do
        if [[ "$length $error" != '36 0' ]]; then
          echo "answer: $length $number $high $low $error" >&2
          break
        fi
        printf '%s %s\n' "$EPOCHREALTIME" "$number"
      done >> "$1" < <(stdbuf -oL od -An -v -tu4 --endian=big -w40 <&3)
      kill "$sender" 2> /dev/null || :
    fi
    exec 3>&- || :
    sleep 0.2
  done
}

list() { printf '%s\n' 'ls /' quit | shell | grep -o 'number-[0-9]*' | sed 's/number-0*//'; }

configure
case "$1" in
  write) write "$2" "$3" ;;
  read) read_key "$2" ;;
  load) load "$2" ;;
  list) list ;;
esac
