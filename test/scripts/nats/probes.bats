#!/usr/bin/env bats
# The three probes, with a stub for wget.

load common.bash

setup() {
  prepare
  export STUB_SITE=$BATS_TEST_TMPDIR/site
  mkdir "$STUB_SITE"
}

# As the server answers: `/` and `/varz` as soon as it runs, the health of the streams when they are served.
running() { touch "$STUB_SITE/_varz" "$STUB_SITE/_"; }
serving() {
  running
  echo '{"status":"ok"}' >"$STUB_SITE/_healthz_js-server-only_true"
}

outcome() {
  local probe
  for probe in started ready alive; do
    if "$SCRIPTS/$probe.sh" >/dev/null 2>&1; then printf '%s ' "$probe"; fi
  done
}

@test "a server that is dead has not started, is not ready and not alive" { [ "$(outcome)" = '' ]; }

@test "a server that reads its streams has started and is alive, and is not ready" {
  running
  [ "$(outcome)" = 'started alive ' ]
}

@test "a server that serves is all of it" {
  serving
  [ "$(outcome)" = 'started ready alive ' ]
}

@test "each probe asks for something else" {
  serving
  outcome
  [ "$(cat "$STUB_LOG")" = 'http://127.0.0.1:1/varz
http://127.0.0.1:1/healthz?js-server-only=true
http://127.0.0.1:1/' ]
}

@test "a server that never answers is dead within the time of the probe" {
  local before=$SECONDS
  STUB_HANGS=yes PROBE_TIMEOUT=3 run "$SCRIPTS/alive.sh" # the stub hangs for a minute
  [ "$status" -eq 1 ]
  [[ "$output" == *"dead: no answer"* ]]
  [ $((SECONDS - before)) -lt 10 ]
}

# A server of one answer, which speaks HTTP as far as the probe does.
serve() {
  perl -MIO::Socket::INET -e '
    my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) or die;
    print $server->sockport, "\n"; close STDOUT;
    my $client = $server->accept; while (<$client>) { last if /^\r\n$/ }
    print $client "HTTP/1.0 $ARGV[0]\r\nContent-Type: text/plain\r\n\r\nthe answer";' "$1" >"$BATS_TEST_TMPDIR/port" 3>&- &
  eventually 5 test -s "$BATS_TEST_TMPDIR/port"
  MONITOR_PORT=$(cat "$BATS_TEST_TMPDIR/port")
  export MONITOR_PORT
}

@test "without wget, bash asks" {
  serve '200 OK'
  ASKED=/varz run "$SCRIPTS/ask-with-bash.sh"
  [ "$status" -eq 0 ]
  [ "$output" = 'the answer' ]
}

@test "an error is no answer for bash either" {
  serve '503 Service Unavailable'
  ASKED=/varz run "$SCRIPTS/ask-with-bash.sh"
  [ "$status" -eq 1 ]
  [[ "$output" == *'503 Service Unavailable'* ]]
}
