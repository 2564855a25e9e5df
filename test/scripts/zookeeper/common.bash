# shellcheck shell=bash
# Shared by the bats files of this folder.

# shellcheck source-path=SCRIPTDIR source=../assembled.bash
source "$BATS_TEST_DIRNAME/../assembled.bash"
SCRIPTS=$(assembled zookeeper)
# shellcheck disable=SC2034 # used by the bats files
STUBS=$BATS_TEST_DIRNAME/stubs
export SCRIPTS

certificate() {
  printf -- '-----BEGIN PRIVATE %s-----\n%s\n' KEY "$1" >"$TLS_DIR/tls.key"
  printf -- '-----BEGIN CERTIFICATE-----\n%s\n' "$1" >"$TLS_DIR/tls.crt"
}

# listen NAME RUOK SRVR: a server on a port of the loopback, which is written to $BATS_TEST_TMPDIR/NAME, with these answers; with
# "silent" it says nothing.
listen() {
  # shellcheck disable=SC2016 # a program of its own
  node -e '
    const [file, ruok, srvr] = process.argv.slice(1);
    const server = require("net").createServer(socket => {
      socket.on("error", () => {});
      socket.on("data", request => {
        const answer = { ruok, srvr }[request.toString()];
        if (answer !== "silent") { socket.end(answer); }
      });
    });
    server.listen(0, "127.0.0.1", () => {
      require("fs").writeFileSync(file + ".new", String(server.address().port));
      require("fs").renameSync(file + ".new", file);
    });
  ' "$BATS_TEST_TMPDIR/$1" "${@:2}" 3>&- &
  LISTENERS+=("$!")
  eventually 10 test -e "$BATS_TEST_TMPDIR/$1"
}
