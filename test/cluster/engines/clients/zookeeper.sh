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
  export ZOO_CONF_DIR=$FOLDER ZOOCFGDIR=$FOLDER ZOO_LOG_DIR=/tmp CLIENT_JVMFLAGS="-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.security.auth.login.config=$FOLDER/login.conf"
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

# Each session has numbers of its own, a thousand below one node. What is not acknowledged is never sent again.
commands() {
  local number=$(($1 * 1000000 + 1)) folder=''
  echo 'create /numbers'
  while :; do
    if [[ "$folder" != $((number / 1000)) ]]; then
      folder=$((number / 1000))
      echo "create /numbers/$folder"
    fi
    echo "create /numbers/$folder/$number"
    number=$((number + 1))
  done
}

# Two sessions at a time, because each waits for the disk with every write.
load() {
  local worker
  for worker in 0 1; do load_session "$1" "$worker" & done
  wait
}

# A shell that has lost its session may wait for ever, so that one that had answers and has none for 8 s is replaced.
load_session() {
  local session=$2 line shell patience
  while [[ ! -e $1.stop ]]; do
    session=$((session + 2)) shell='' patience=60
    while IFS= read -r -t "$patience" line; do
      if [[ "$line" =~ ^Created\ /numbers/[0-9]+/([0-9]+)$ ]]; then
        printf '%s %s\n' "$EPOCHREALTIME" "${BASH_REMATCH[1]}"
        patience=8
      fi
      if [[ "$line" == shell\ * ]]; then shell=${line#shell }; fi
      if [[ "$line" == *expired* ]]; then break; fi
    done >> "$1" < <(commands "$session" 2> /dev/null | {
      echo "shell $BASHPID"
      exec zkCli.sh -waitforconnection -timeout 10000 -server "$HOST:$PORT" 2>&1
    })
    if [[ -n "$shell" ]]; then kill -s KILL "$shell" 2> /dev/null || :; fi
    sleep 0.2
  done
}

list() { printf '%s\n' 'ls -R /numbers' quit | shell | sed -n 's,^/numbers/[0-9]*/\([0-9]*\)$,\1,p'; }

configure
case "$1" in
  write) write "$2" "$3" ;;
  read) read_key "$2" ;;
  load) load "$2" ;;
  list) list ;;
esac
