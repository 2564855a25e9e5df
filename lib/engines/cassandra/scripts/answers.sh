#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes of life: does the JVM answer? Waits: PROBE_TIMEOUT - 1 s, below the probe's own limit.

# JMX listens to this pod alone, from the first seconds on, also while the log is read again. Its protocol begins with a greeting,
# whose answer is one byte: a thread of the server sends it, where a connection alone is made by the kernel.
jmx_answers() {
  # shellcheck disable=SC2016 # the inner shell's own
  timeout "$((PROBE_TIMEOUT - 1))" bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf "JRMI\0\2K" >&3
    IFS= read -r -N 1 letter <&3 && [[ "$letter" == N ]]' - "$JMX_PORT" 2>/dev/null
}
