#!/usr/bin/env bash
set -Eeuo pipefail
# Sourced by the probes: questions to the server within a time. Waits: PROBE_TIMEOUT - 1 s, below the probe's own limit.

# Prints the status; nothing if there is no answer.
health() { QUESTION=health timeout "$((PROBE_TIMEOUT - 1))" "$HERE/ask.sh" 2>/dev/null || :; }

pg_answers() { QUESTION=clients timeout "$((PROBE_TIMEOUT - 1))" "$HERE/ask.sh" 2>/dev/null; }
