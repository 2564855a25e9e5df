#!/usr/bin/env bash
# As the security plugin's: prints what it thinks of itself, and the hash of the variable that is named.
printf '%s\n' "$*" >"$RECORD/hash.arguments"
echo '**************************************************************************'
echo '** This tool will be deprecated in the next major release of OpenSearch **'
if [[ "$1" != -env || -z "${!2}" || "${FAIL:-}" == 1 ]]; then
  echo 'java.lang.Exception: No environment variable'
  exit 255
fi
printf '%s\n' "${!2}" >>"$RECORD/hash.input"
# shellcheck disable=SC2016 # a hash of bcrypt
printf '$2y$12$%053d\n' "${#APP_WORD}"
