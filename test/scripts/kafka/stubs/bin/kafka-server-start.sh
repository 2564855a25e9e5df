#!/usr/bin/env bash
# As a server it reports what it was started on and ends.
echo "SERVER $*"
echo "advertised: $ADVERTISED_HOST"
echo "heap: $KAFKA_HEAP_OPTS"
echo "gc: $EXTRA_ARGS"
if flock --nonblock "$VOLUME_DIR/.lock" true; then echo "lock: free"; else echo "lock: held"; fi
