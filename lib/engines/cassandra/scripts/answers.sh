#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes of life: does the JVM answer? JMX listens to this pod alone, from the first seconds on, also while the log
# is read again. Waits: PROBE_TIMEOUT - 1 s, below the probe's own limit.

jmx_answers() { QUESTION=jmx ASKED_PORT=$JMX_PORT timeout "$((PROBE_TIMEOUT - 1))" "$HERE/ask.sh" 2>/dev/null; }
