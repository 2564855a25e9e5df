import { Size } from 'cdk8s';
import { Valkey, type MemberRequest } from '../../../lib';
import { checkSettings } from '../../../lib/engines/valkey/check-settings';
import { RESERVED, UNSAFE } from '../../../lib/engines/valkey/reserved';
import { NOT_THE_USERS } from '../../refusals/valkey';
import { REQUEST } from './request';

function conf(request: Partial<MemberRequest> = {}): string { return Valkey.v8().plan({ ...REQUEST, ...request }).files['server.conf'] ?? ''; }

/** The settings of a file, by their names; the last line of a name wins. */
function read(text: string): { [name: string]: string } {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}

test('the whole file of the smallest database', () => {
  expect(read(conf())).toEqual({
    'aclfile': '/run/valkey/users.acl', 'appenddirname': 'appendonlydir', 'appendfilename': 'appendonly.aof', 'appendfsync': 'always', 'appendonly': 'yes', 'daemonize': 'no',
    'dbfilename': 'dump.rdb', 'dir': '/data/db', 'io-threads': '1', 'maxclients': '272', 'maxmemory': '544mb', 'maxmemory-clients': '102mb', 'maxmemory-policy': 'noeviction',
    'pidfile': '/run/valkey/server.pid', 'port': '6379', 'protected-mode': 'yes', 'repl-diskless-sync': 'yes', 'repl-diskless-sync-delay': '0', 'save': '""', 'supervised': 'no', 'tcp-keepalive': '60', 'unixsocket': '/run/valkey/server.sock',
    'unixsocketperm': '700',
  });
});

test('with a certificate both ports are open, and where TLS is required the one port speaks nothing else', () => {
  const certificate = { 'tls-auth-clients': 'no', 'tls-cert-file': '/opt/stateful/tls/tls.crt', 'tls-key-file': '/opt/stateful/tls/tls.key', 'tls-protocols': '"TLSv1.2 TLSv1.3"' };
  expect(read(conf({ tls: true }))).toMatchObject({ ...certificate, 'port': '6379', 'tls-port': '6380' });
  expect(read(conf({ tls: true, tlsRequired: true }))).toMatchObject({ ...certificate, 'port': '0', 'tls-port': '6379' });
  const ports = (request: Partial<MemberRequest>): unknown => Valkey.v8().plan({ ...REQUEST, ...request }).ports.map(({ name, port }) => [name, port]);
  expect(ports({ tls: true })).toEqual([['valkey', 6379], ['valkey-tls', 6380]]);
  expect([ports({}), ports({ tls: true, tlsRequired: true })]).toEqual([[['valkey', 6379]], [['valkey', 6379]]]);
});

test('what the user sets wins, and comes last', () => {
  const text = conf({ settings: { 'maxmemory': '100mb', 'appendfsync': 'everysec', 'notify-keyspace-events': 'KEA' } });
  expect(text).toMatch(/\n# Set by the user\nappendfsync everysec\nmaxmemory 100mb\nnotify-keyspace-events KEA\n$/);
  expect(text.match(/^(?:maxmemory|appendfsync) /gm)).toEqual(['appendfsync ', 'maxmemory ']);
});

function check(name: string, value: string): unknown { return checkSettings({ ...REQUEST, settings: { [name]: value } }); }

test.each([
  ['appendfsync', 'everysec'], ['appendonly', 'yes'], ['maxmemory-policy', 'allkeys-lru'], ['client-output-buffer-limit', 'pubsub 32mb 8mb 60'], ['notify-keyspace-events', '""'],
  ['proc-title-template', '"{title} {listen-addr}"'], ['loadmodule', '/opt/a.so \'it\\\'s\' "a \\" b"'], ['maxmemory-clients', '10%'], ['maxmemory', '1gb'], ['search.threads', '4'],
])('%s %s is the user\'s to set', (name, value) => { expect(check(name, value)).toEqual([]); });

test.each(['', ' ', ' a', 'a ', '"a', 'a"', '"a"b', '\'a', '\'a\\\'', '"a\\"', 'a\tb'])('the server would misread %j', value => {
  expect(check('proc-title-template', value)).toMatchObject([{ path: 'settings.proc-title-template', got: JSON.stringify(value) }]);
});

test.each(['0', '', '0gb', 'much', '10%', '-1'])('a maxmemory of %j is refused', value => {
  expect(check('maxmemory', value)).toEqual([{ path: 'settings.maxmemory', got: JSON.stringify(value), want: 'a size such as "512mb", more than 0' }]);
});

test.each([['appendonly', 'no'], ['appendonly', 'NO'], ['appendonly', '"no"'], ['rdbchecksum', 'no']])('%s %s loses data, in every spelling', (name, value) => {
  expect(check(name, value)).toEqual([{ path: `settings.${name}`, got: JSON.stringify(value), want: 'anything but no', remedy: UNSAFE[name]?.effect }]);
});

test.each(['', 'MaxMemory', 'a b', 'a\nb', '-a', 'a-', 'a--b', '__proto__'])('%j is no name of a setting', name => {
  expect(checkSettings({ ...REQUEST, settings: Object.fromEntries([[name, 'x']]) }))
    .toEqual([{ path: `settings.${JSON.stringify(name)}`, got: 'this name', want: 'the name of a setting in lower case' }]);
});

test('every setting that is reserved is pinned with its remedy, and whatever the library fixes is reserved', () => {
  expect(Object.entries(RESERVED).sort()).toEqual(Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => [name, remedy])).sort());
  const fixed = conf({ tls: true, memory: Size.gibibytes(1) }).split('# Derived')[0]?.match(/^[a-z-]+/gm) ?? [];
  expect(fixed).toEqual(expect.arrayContaining(['aclfile', 'port', 'save', 'tls-port']));
  expect(fixed.filter(name => !Object.hasOwn(RESERVED, name))).toEqual(['tls-protocols']);
});
