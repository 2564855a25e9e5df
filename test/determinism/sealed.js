/**
 * Preloaded into a child process: nothing from outside the program reaches it, and what it was given is told.
 *
 * No socket, no name look-up, no child; another day, another random sequence. Any attempt ends the process.
 */
const refuse = name => () => { throw new Error(`sealed: ${name} was called`); };

for (const [module, names] of Object.entries({
  net: ['connect', 'createConnection', 'createServer'],
  dns: ['lookup', 'resolve', 'resolve4', 'resolve6'],
  dgram: ['createSocket'],
  http: ['request', 'get'],
  https: ['request', 'get'],
  tls: ['connect'],
  child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
})) {
  names.forEach(name => { require(module)[name] = refuse(`${module}.${name}`); });
}
require('net').Socket.prototype.connect = refuse('net.Socket.connect');
globalThis.fetch = refuse('fetch');

if (process.env.SEALED_DAY !== undefined) {
  const day = Date.parse(process.env.SEALED_DAY);
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) { super(...(parts.length === 0 ? [day] : parts)); }
    static now() { return day; }
  };
  Math.random = () => 0.25;
}

const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
process.stderr.write(`sealed: node ${process.versions.node.split('.')[0]}, ${locale}, ${timeZone}, ${process.cwd()}\n`);
