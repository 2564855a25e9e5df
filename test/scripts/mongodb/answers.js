// Answers {hello: 1} as mongod does, or as it should not. Usage: answers.js MODE FOLDER [PORT]; prints its port,
// and ends cleanly on SIGTERM, with FOLDER/complete. It checks what it is asked: whoever sends anything but that one question, byte for byte, gets no answer.
const fs = require('fs');
const net = require('net');
const tls = require('tls');

const [, , mode, folder, port = '0'] = process.argv;

function element(type, name, value) { return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value]); }
function double(value) { const bytes = Buffer.alloc(8); bytes.writeDoubleLE(value); return bytes; }
function int32(value) { const bytes = Buffer.alloc(4); bytes.writeInt32LE(value); return bytes; }
function text(value) { return Buffer.concat([int32(Buffer.byteLength(value) + 1), Buffer.from(`${value}\0`)]); }

function document(...elements) {
  const inside = Buffer.concat(elements);
  return Buffer.concat([int32(inside.length + 5), inside, Buffer.from([0])]);
}

function message(responseTo, body) {
  const inside = Buffer.concat([int32(0), Buffer.from([0]), body]);
  return Buffer.concat([int32(inside.length + 16), int32(7), int32(responseTo), int32(2013), inside]);
}

const QUESTION = message(0, document(element(16, 'hello', int32(1)), element(2, '$db', text('admin'))));
QUESTION.writeInt32LE(1, 4);

function answer() {
  const writable = mode !== 'secondary';
  return message(1, document(
    // Long enough that it comes in more than one piece, and with what must not be taken for the answer.
    element(2, 'me', text(`orders-0.orders-members.shop.svc.cluster.local ${'x'.repeat(mode === 'long' ? 40000 : 10)}`)),
    element(8, 'isWritablePrimary', Buffer.from([writable ? 1 : 0])), element(8, 'secondary', Buffer.from([writable ? 0 : 1])),
    element(1, 'ok', double(mode === 'failing' ? 0 : 1)),
  ));
}

function serve(socket) {
  let asked = Buffer.alloc(0);
  socket.on('error', () => undefined);
  if (mode === 'full') { socket.end(); return; }
  if (mode === 'silent') { return; }
  socket.on('data', data => {
    asked = Buffer.concat([asked, data]);
    if (asked.length < QUESTION.length) { return; }
    if (!asked.equals(QUESTION)) { process.stderr.write(`asked: ${asked.toString('hex')}\n`); socket.end(); return; }
    if (mode === 'other') { socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'); return; }
    if (mode === 'half') { socket.write(answer().subarray(0, 30)); return; }
    socket.write(answer());
  });
}

const server = mode === 'tls'
  ? tls.createServer({ key: fs.readFileSync(`${folder}/tls.key`), cert: fs.readFileSync(`${folder}/tls.crt`) }, serve)
  : net.createServer(serve);
server.on('tlsClientError', () => undefined);
server.listen(Number(port), '127.0.0.1', () => { process.stdout.write(`${server.address().port}\n`); });

process.on('SIGTERM', () => {
  fs.writeFileSync(`${folder}/complete`, 'complete\n');
  process.exit(mode === 'unclean' ? 1 : 0);
});
