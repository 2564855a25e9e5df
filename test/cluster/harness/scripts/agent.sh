#!/bin/sh
# Looks at and signals the processes of a container from its node, whatever the container itself may do.
#
# usage: agent.sh list CONTAINER-ID SECONDS           every process seen in that time: PID, name, arguments and environment
#        agent.sh signal CONTAINER-ID NAME SIGNAL     to the topmost processes of that name
#        agent.sh await CONTAINER-ID NAME SIGNAL SECONDS
#                                                     the same, as soon as there is one
#        agent.sh slow CONTAINER-ID TITLE RUN PAUSE SECONDS
#                                                     lets the process with that title run and pause, in microseconds
set -eu

# The processes of the container, by their number on the node.
pids() {
  for folder in /proc/[0-9]*; do
    ! grep -qs "$1" "$folder/cgroup" || echo "${folder#/proc/}"
  done
}

field() { sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status" 2> /dev/null || :; }

# One line for each process, in base64 because arguments and environment may hold anything.
show() {
  [ -r "/proc/$1/cmdline" ] || return 0
  printf '%s %s %s %s\n' "$1" "$(base64 -w 0 "/proc/$1/comm")" "$(base64 -w 0 "/proc/$1/cmdline")" "$(base64 -w 0 "/proc/$1/environ")"
}

list() {
  end=$(($(date +%s) + $2))
  while :; do
    for pid in $(pids "$1"); do show "$pid" 2> /dev/null || :; done
    [ "$(date +%s)" -lt "$end" ] || break
  done | sort -u
}

# The topmost are found before the first is killed: the orphans of a killed one would be topmost, too.
signal() {
  victims=$(for pid in $(pids "$1"); do
    [ "$(field "$pid" Name)" != "$2" ] || [ "$(field "$(field "$pid" PPid)" Name)" = "$2" ] || echo "$pid"
  done)
  [ -n "$victims" ] || { echo "no process named $2 in $1" >&2; exit 1; }
  for pid in $victims; do kill -s "$3" "$pid"; done
}

# The same, as soon as there is such a process, for at most so many seconds.
await() {
  end=$(($(date +%s) + $4))
  until (signal "$1" "$2" "$3") 2> /dev/null; do
    [ "$(date +%s)" -lt "$end" ] || { echo "no process named $2 came in $1" >&2; exit 1; }
  done
}

# Prints how often it paused the process.
slow() {
  end=$(($(date +%s) + $5)) pauses=0 pid=''
  while [ "$(date +%s)" -lt "$end" ]; do
    if ! grep -aqs "$2" "/proc/$pid/cmdline"; then
      pid=$(for each in $(pids "$1"); do ! grep -aqs "$2" "/proc/$each/cmdline" || echo "$each"; done | head -n 1)
    fi
    if [ -n "$pid" ] && kill -s STOP "$pid" 2> /dev/null; then
      pauses=$((pauses + 1))
      usleep "$4"
      kill -s CONT "$pid" 2> /dev/null || :
    fi
    usleep "$3"
  done
  echo "$pauses"
}

command=$1
shift
"$command" "$@"
