#!/usr/bin/env bash
set -Eeuo pipefail
# Sidecar: gives a renewed certificate to the server, and the application's password wherever the server knows another one: as
# the administrator, whose own password is not changed. Runs until SIGTERM.
# Waits: 5 s between two looks, 4 s for an answer, 60 s for the program that makes a hash.

HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")
COMPLAINED=-60
# shellcheck source-path=SCRIPTDIR source=../../elasticsearch/scripts/ask.sh
source "$HERE/ask.sh"
# shellcheck source-path=SCRIPTDIR source=access.sh
source "$HERE/access.sh"

say() { printf 'renew.sh: %s\n' "$*"; }

# The same failure is printed once a minute, while it is tried again at every look.
complain() {
  if ((SECONDS - COMPLAINED < 60)); then return; fi
  COMPLAINED=$SECONDS
  say "$@" >&2
}

is_same() { [[ "$(<"$1")" == "$(<"$2")" ]]; }

# In the middle of a start there is no certificate to be replaced yet.
look_at_certificate() {
  if [[ ! -e "$CONF/tls/tls.crt" ]]; then return; fi
  if [[ ! -r "$TLS_DIR/tls.crt" || ! -r "$TLS_DIR/tls.key" ]]; then return; fi
  if is_same "$TLS_DIR/tls.crt" "$CONF/tls/tls.crt" && is_same "$TLS_DIR/tls.key" "$CONF/tls/tls.key"; then return; fi
  if ! has_readable_form >/dev/null; then
    complain "the renewed private key is not PKCS#8, and is not taken"
    return
  fi
  copy_certificate
  say "the certificate was renewed"
}

# Any answer but 401 says nothing of the password, or there is none because the server still starts.
look_at_password() {
  local answer hash
  answer=$(ask /_plugins/_security/authinfo 4)
  if [[ "${answer##*$'\n'}" != 401 ]]; then return; fi
  if ! hash=$(print_hash "$CREDENTIALS_DIR/password"); then
    complain "the security plugin's hash.sh made no hash of \"password\""
    return
  fi
  answer=$({
    sign_in admin "$CREDENTIALS_DIR/admin-password" || true
    printf 'url = "%s/_plugins/_security/api/internalusers/%s"\nrequest = "PUT"\n' "$SERVER_URL" "$APP_USER"
    printf 'header = "Content-Type: application/json"\ndata = "{\\"hash\\": \\"%s\\"}"\n' "$hash"
  } | tell 4)
  case "${answer##*$'\n'}" in
    2*) say "the server has taken the password of the Secret for the user \"$APP_USER\"" ;;
    *) complain "the server knows another password than the Secret for \"$APP_USER\", and took no new one from \"admin\": ${answer##*$'\n'}" ;;
  esac
}

main() {
  : "${SERVER_HOME:?the folder of the server}" "${CREDENTIALS_DIR:?the folder of the credentials}" "${APP_USER:?the user}"
  : "${TLS_DIR:?the folder of the certificate}" "${SERVER_URL:?where the server answers}"
  CONF=${OPENSEARCH_PATH_CONF:?the folder of the server\'s configuration}
  umask 077
  trap 'exit 0' TERM INT
  say "looking at the Secrets every 5 s"
  while :; do
    look_at_certificate
    look_at_password
    sleep 5 &
    wait "$!"
  done
}

if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi
