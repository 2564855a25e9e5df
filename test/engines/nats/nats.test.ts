import * as path from 'path';
import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { MemberRequest, Nats } from '../../../lib';
import { MOUNTS } from '../../../lib/core/mounts';
import { checkSizing } from '../../../lib/engines/nats/check-settings';
import { deriveSizing, sizeOf } from '../../../lib/engines/nats/sizing';
import { REQUEST } from './request';

const GIBIBYTE = 2 ** 30;

function conf(changed: Partial<MemberRequest> = {}): string {
  return Nats.v2().plan({ ...REQUEST, ...changed }).files['nats.conf'] ?? '';
}

describe('the version', () => {
  test('is a certain release in the variant that has a shell', () => {
    expect(Nats.v2().plan(REQUEST).image).toBe('docker.io/library/nats:2.15.1-alpine');
    expect(Nats.of('2.14.2').plan(REQUEST).image).toBe('docker.io/library/nats:2.14.2-alpine');
    expect(Nats.v2().plan({ ...REQUEST, image: 'example.com/nats:2' }).image).toBe('example.com/nats:2');
  });

  test.each(['1', '3', '2.15', '2.15.1-alpine', 'v2', ''])('%j is refused', version => {
    expect(Nats.of(version).check(REQUEST)).toEqual([{ path: 'engine', got: `Nats.of("${version}")`, want: '2, or a patch release of them, such as "2.15.1"' }]);
  });

  test('is refused, if it acknowledges what is not on the disk', () => {
    expect(['2.9.25', '2.0.4'].map(version => Nats.of(version).check(REQUEST).map(({ want }) => want))).toEqual([['NATS 2.10 or later'], ['NATS 2.10 or later']]);
    expect(['2.10.0', '2.15.0', '2'].flatMap(version => Nats.of(version).check(REQUEST))).toEqual([]);
  });
});

describe('warnings', () => {
  const codes = (version: string, changed: Partial<MemberRequest> = {}): string[] => Nats.of(version).warnings({ ...REQUEST, ...changed }).map(({ code }) => code);

  test('there are none by default, for both lines that get fixes', () => {
    expect(['2', '2.15.1', '2.14.0'].flatMap(version => codes(version))).toEqual([]);
  });

  test('a line without fixes is named', () => {
    expect(codes('2.12.4')).toEqual(['nats-end-of-life']);
    expect(Nats.of('2.12.0').warnings(REQUEST)[0]?.message).toContain('NATS 2.12 gets no fixes');
    expect(codes('1.4')).toEqual([]);
  });

  test('a promise that the user gave up is named', () => {
    expect(codes('2', { settings: { 'jetstream.sync_interval': '2m' } })).toEqual(['nats-sync-interval']);
    expect(codes('2', { settings: { 'jetstream.sync_interval': 'Always' } })).toEqual([]);
  });

  test('an image of the project that has no shell is named, and no other', () => {
    expect(['nats:2', 'docker.io/library/nats:2.15.1', 'library/nats:2.15-scratch'].map(image => codes('2', { image }))).toEqual([['nats-image'], ['nats-image'], ['nats-image']]);
    expect(['nats:2-alpine', 'docker.io/library/nats:2.15.1-alpine3.22', 'example.com/nats:2'].flatMap(image => codes('2', { image }))).toEqual([]);
  });
});

describe('sizes', () => {
  test.each<readonly [string, Partial<MemberRequest>, object]>([
    // 256 * 0.75 - 48 - 64 - 16 / 16 = 79, for 16 connections.
    ['256Mi', { memory: Size.mebibytes(256) }, { connections: 16, pending: 4, memoryStore: 64, fileStore: 8704, goMemory: 230 }],
    // 1024 * 0.75 - 48 - 256 - 64 / 16 = 460, for 64.
    ['1Gi', {}, { connections: 64, pending: 7, memoryStore: 256, fileStore: 8704, goMemory: 921 }],
    // 65536 * 0.75 - 48 - 16384 - 1000 / 16 = 32657.5, for 1000.
    ['64Gi', { memory: Size.gibibytes(64), dataSize: Size.tebibytes(1) }, { connections: 1000, pending: 32, memoryStore: 16_384, fileStore: 891_289, goMemory: 58_982 }],
    ['1Gi for 4 clients', { connections: 4 }, { connections: 4, pending: 64, memoryStore: 256, fileStore: 8704, goMemory: 921 }],
    // 460 + 4 is enough for 28 of 16.0625.
    ['1Gi with 16MB for each client', { settings: { max_pending: '16MB' } }, { connections: 28, pending: 16, memoryStore: 256, fileStore: 8704, goMemory: 921 }],
    ['1Gi with the user\'s own', { settings: { 'max_payload': '8MB', 'jetstream.max_memory_store': '0' } }, { connections: 64, pending: 11, memoryStore: 0, fileStore: 8704, goMemory: 921 }],
  ])('%s is divided as calculated by hand', (_memory, changed, sizing) => {
    expect(deriveSizing({ ...REQUEST, ...changed })).toEqual(sizing);
  });

  test('whatever is asked for fits into the memory limit, or is refused for it', () => {
    const seen = { fits: 0, refused: 0 };
    const requests = fc.record({
      memory: fc.integer({ min: 256, max: 16_384 }).map(each => Size.mebibytes(each)),
      connections: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
    });
    fc.assert(fc.property(requests, changed => {
      const request = { ...REQUEST, ...changed };
      const { connections, memoryStore, pending } = deriveSizing(request);
      const memory = changed.memory.toMebibytes();
      // Of nine tenths: the server, its streams in memory, the blocks of those on the disk, and every client as far behind as it may be.
      const sum = 48 + memoryStore + memory * 0.15 + connections * (pending + 1 / 16);
      const problems = checkSizing(request);
      seen[problems.length === 0 ? 'fits' : 'refused']++;
      if (problems.length === 0) {
        expect(sum).toBeLessThanOrEqual(memory * 0.9 + 0.001);
      } else {
        expect(changed.connections).toBeDefined();
        expect(sum).toBeGreaterThan(memory * 0.9 - 1);
      }
    }), { seed: 1, numRuns: 1000 });
    expect(seen.fits).toBeGreaterThan(200);
    expect(seen.refused).toBeGreaterThan(100);
  });

  test('the user\'s own sizes count', () => {
    const problems = (settings: { [name: string]: string }): unknown => checkSizing({ ...REQUEST, settings }).map(({ path: where, want }) => `${where}: ${want}`);
    expect(problems({ max_pending: '7MB' })).toEqual([]);
    expect(problems({ max_pending: '64MB' })).toEqual(['resources.memory: at least 2146Mi, the sum of what the settings may use']);
    // (48 + 2048 + 16 * 1.0625) / 0.75, and a whole number.
    expect(problems({ 'jetstream.max_memory_store': '2GB' })).toEqual(['resources.memory: at least 2818Mi, the sum of what the settings may use']);
  });

  test('are read as the server reads them', () => {
    expect([['1048576', 1], ['8MB', 8], ['2GB', 2048], ['1KB', 1 / 1024], ['1M', 1e6 / 2 ** 20]].filter(([text, size]) => sizeOf(text as string) !== size)).toEqual([]);
    expect(['', '8mb', '8 MB', '1.5GB', '-1', '2m'].filter(text => !Number.isNaN(sizeOf(text)))).toEqual([]);
  });
});

describe('nats.conf', () => {
  test('is as a reviewer has read it', () => {
    expect(conf()).toBe([
      '# Fixed: addresses, and the users with their passwords, which start.sh puts there in memory',
      'http: "127.0.0.1:8222"', 'port: 4222', 'server_name: "orders"', 'include \'../../../run/nats/users.conf\'', '',
      '# Derived from the memory', 'max_connections: 64', `max_pending: ${7 * 2 ** 20}`, '',
      '# Streams: what is acknowledged is on the disk; how large they may grow follows from the volume',
      'jetstream {', '  store_dir: "/data/nats"', '  include \'storage.conf\'', `  max_memory_store: ${GIBIBYTE / 4}`, '  sync_interval: "always"', '}', '',
    ].join('\n'));
  });

  test('includes the users from memory, by a path that counts from its own folder', () => {
    const [, included] = /include '([^']*users\.conf)'/.exec(conf()) ?? [];
    expect(path.posix.join(MOUNTS.config, included ?? '')).toBe(`${Nats.v2().plan(REQUEST).environment.RUN_DIR}/users.conf`);
    expect(Nats.v2().plan(REQUEST).scratch).toEqual([{ name: 'run', path: '/run/nats', size: Size.mebibytes(1), inMemory: true }]);
  });

  test('asks for encryption, and demands it where it was demanded', () => {
    const block = 'tls {\n  cert_file: "/opt/stateful/tls/tls.crt"\n  key_file: "/opt/stateful/tls/tls.key"\n  min_version: "1.2"\n}\n';
    expect(conf()).not.toContain('tls');
    expect(conf({ tls: true }).endsWith(`\n# Encryption\n${block}allow_non_tls: true\n`)).toBe(true);
    expect(conf({ tls: true, tlsRequired: true }).endsWith(`\n# Encryption\n${block}`)).toBe(true);
  });

  test('holds the user\'s settings in their places, numbers and sizes as they are, and all else as text', () => {
    const text = conf({ settings: { 'ping_interval': '2m', 'max_payload': '2MB', 'debug': 'true', 'jetstream.domain': 'a"} x: 1 #', 'jetstream.sync_interval': '2m' } });
    expect(text).toContain('\ndebug: true\nmax_connections: 64\nmax_payload: 2MB\n');
    expect(text).toContain('\nping_interval: "2m"\n');
    expect(text).toContain('  domain: "a\\"} x: 1 #"\n');
    expect(text).toContain('  sync_interval: "2m"\n');
    expect(text).not.toContain('always');
  });

  test('leaves what follows from the volume to a file that is read again without a restart', () => {
    const files = (changed: Partial<MemberRequest>): { readonly [name: string]: string } => Nats.v2().plan({ ...REQUEST, ...changed }).files;
    expect(files({})['storage.conf']).toBe(`max_file_store: ${8704 * 2 ** 20}\n`);
    expect(files({ dataSize: Size.gibibytes(20) })['nats.conf']).toBe(conf());
    expect(files({ settings: { 'jetstream.max_file_store': '5GB' } })['storage.conf']).toBe('max_file_store: 5GB\n');
    expect(files({ settings: { 'jetstream.max_file_store': '5GB' } })['nats.conf']).toBe(conf());
    expect(Nats.v2().plan(REQUEST).liveFiles).toEqual(['storage.conf', 'users.list']);
  });
});

describe('users', () => {
  const users = Nats.v2({ users: [{ name: 'shop' }, { name: 'audit', publish: [], subscribe: ['orders.>', '_INBOX.>'] }, { name: 'a"b', passwordKey: 'other', publish: ['x'] }] }).plan(REQUEST);

  test('are listed with the keys of their passwords, and what they may do', () => {
    expect(users.files['users.list']).toBe([
      'password user: "shop"',
      'audit-password user: "audit", permissions: { publish: { deny: [">"] }, subscribe: { allow: ["orders.>", "_INBOX.>"] } }',
      'other user: "a\\"b", permissions: { publish: { allow: ["x"] } }', '',
    ].join('\n'));
    expect(users.passwordKeys).toEqual({ 'shop': 'password', 'audit': 'audit-password', 'a"b': 'other' });
  });

  test('begin with the application\'s', () => {
    expect(users.client).toEqual({ scheme: 'nats', database: '', username: 'shop', passwordKey: 'password' });
    expect(Nats.v2().plan(REQUEST).client).toEqual({ scheme: 'nats', database: '', username: 'app', passwordKey: 'password' });
  });
});

test('the runtime stays below the limit, and existing data is demanded where it was declared', () => {
  expect(Nats.v2().plan(REQUEST).environment).toMatchObject({ GOMEMLIMIT: '921MiB', DATA_MUST_EXIST: 'false', DB_SERIES: '2', TLS_DIR: '' });
  expect(Nats.of('2.14.2').plan({ ...REQUEST, dataMustExist: true, tls: true }).environment).toMatchObject({ DATA_MUST_EXIST: 'true', DB_SERIES: '2', TLS_DIR: '/opt/stateful/tls' });
});

test.each([[Size.gibibytes(10), 1], [Size.gibibytes(1023), 1], [Size.tebibytes(1), 7], [Size.tebibytes(2.5), 13]])('with %j, a start may be silent for %d hours', (size, hours) => {
  expect(Nats.v2().startupTimeout(size)).toEqual(Duration.hours(hours));
});
