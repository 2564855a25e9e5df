#!/usr/bin/env bats
# The probes against a server of one answer.

setup() {
  load common
  export PROBE_TIMEOUT=3 HTTP_PATH=/ping CLIENT_TLS=false
  # Nobody listens there: the port of a discard service that no machine of ours has.
  export HTTP_PORT=9 CLIENT_PORT=9
  SERVER=''
}

teardown() {
  if [ -n "$SERVER" ]; then kill "$SERVER" 2>/dev/null || true; fi
}

# serve ANSWER: answers every request with it; the port is chosen by the kernel.
serve() {
  python3 - "$1" >"$BATS_TEST_TMPDIR/port" 3>&- <<'PYTHON' &
import socket, sys, time
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    client, _ = server.accept()
    client.settimeout(1)
    try:
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            more = client.recv(1000)
            if not more:
                break
            request += more
        if sys.argv[1] == "hang":
            time.sleep(10)
        client.sendall(sys.argv[1].encode())
    except OSError:
        pass
    client.close()
PYTHON
  SERVER=$!
  eventually 5 test -s "$BATS_TEST_TMPDIR/port"
  HTTP_PORT=$(cat "$BATS_TEST_TMPDIR/port")
  export HTTP_PORT CLIENT_PORT=$HTTP_PORT
}

outcomes() {
  local probe code answer=''
  for probe in started ready alive; do
    code=0
    "$SCRIPTS/$probe.sh" >"$BATS_TEST_TMPDIR/$probe" 2>&1 || code=$?
    answer+="$probe $code "
  done
  cat "$BATS_TEST_TMPDIR"/{started,ready,alive}
  echo "$answer"
  [ "$answer" = "$1 " ]
}

@test "nobody there" { outcomes 'started 1 ready 1 alive 1'; }

@test "a server that serves" {
  serve $'HTTP/1.1 200 OK\r\n\r\nOk.\n'
  outcomes 'started 0 ready 0 alive 0'
}

@test "a server that answers with an error is started and alive, and not ready" {
  serve $'HTTP/1.1 503 Service Unavailable\r\n\r\n'
  outcomes 'started 0 ready 1 alive 0'
}

@test "something else than HTTP is no server of ours" {
  serve $'hello\n'
  outcomes 'started 1 ready 1 alive 0'
}

@test "a server that is too busy to answer is alive" {
  serve hang
  outcomes 'started 1 ready 1 alive 0'
}

@test "without connections on the native port it is not ready" {
  serve $'HTTP/1.1 200 OK\r\n\r\nOk.\n'
  export CLIENT_PORT=9
  outcomes 'started 0 ready 1 alive 0'
}

@test "where TLS is required, the port of the figures answers for the server, whatever it says of the path" {
  serve $'HTTP/1.1 404 Not Found\r\n\r\n'
  outcomes 'started 0 ready 1 alive 0'
  export CLIENT_TLS=true HTTP_PATH=/
  outcomes 'started 0 ready 0 alive 0'
}
