#!/usr/bin/env bash
# As a server it makes what a server makes, reports what it was started on and ends.
echo "SERVER $* with $ZOOCFGDIR and $ZOO_CONF_DIR"
PATH=/usr/bin:/bin mkdir -p "$DATA_FOLDER/version-2" "$LOG_FOLDER/version-2"
echo record >>"$LOG_FOLDER/version-2/log.1"
if flock --nonblock "$VOLUME_DIR/.lock" true; then echo "lock: free"; else echo "lock: held"; fi
