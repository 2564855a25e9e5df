# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled kafka)
# shellcheck disable=SC2034 # used by the bats files
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS
# shellcheck disable=SC2034 # used by the bats files
ID=MkU3OEVBNTcwNTJENDM2Qk

# Kafka's folder, with stubs for its tools, and the library by whose name the version is known.
make_home() {
  export KAFKA_HOME=$BATS_TEST_TMPDIR/home
  mkdir -p "$KAFKA_HOME/libs"
  cp -r "$STUBS/bin" "$KAFKA_HOME/bin"
  touch "$KAFKA_HOME/libs/kafka-clients-${1:-4.1.1}.jar" "$KAFKA_HOME/libs/kafka-server-4.1.1.jar"
}

certificate() {
  printf -- '-----BEGIN PRIVATE %s-----\n%s\n' KEY "$1" >"$TLS_DIR/tls.key"
  printf -- '-----BEGIN CERTIFICATE-----\n%s\n' "$1" >"$TLS_DIR/tls.crt"
}

# listen NAME KIND: a server on a port of the loopback, which is written to $BATS_TEST_TMPDIR/NAME. "kafka" answers the request
# that asks for the versions, as a broker does; "silent" says nothing.
listen() {
  # shellcheck disable=SC2016 # a program of its own
  node -e '
    const [file, kind] = process.argv.slice(1);
    const wanted = Buffer.from([0, 0, 0, 12, 0, 18, 0, 0]);
    const server = require("net").createServer(socket => {
      socket.on("error", () => {});
      socket.on("data", request => {
        const known = request.length === 16 && request.subarray(0, 8).equals(wanted);
        if (kind === "kafka") { socket.end(known ? Buffer.concat([Buffer.from([0, 0, 0, 4]), request.subarray(8, 12)]) : undefined); }
      });
    });
    server.listen(0, "127.0.0.1", () => {
      require("fs").writeFileSync(file + ".new", String(server.address().port));
      require("fs").renameSync(file + ".new", file);
    });
  ' "$BATS_TEST_TMPDIR/$1" "$2" 3>&- &
  LISTENERS+=("$!")
  eventually 10 test -e "$BATS_TEST_TMPDIR/$1"
}
