import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { ClickHouse, ClickHouseOptions, MemberPlan, MemberRequest } from '../../../lib';
import { deriveSizing, memorySum } from '../../../lib/engines/clickhouse/sizing';
import { tree, xmlFile } from '../../../lib/engines/clickhouse/xml';

const REQUEST: MemberRequest = {
  name: 'orders', memory: Size.gibibytes(4), cores: 2, dataSize: Size.gibibytes(50), tls: false, tlsRequired: false, settings: {},
  startupTimeout: Duration.hours(1), dataMustExist: false,
};
const plan = (request: Partial<MemberRequest> = {}, options: ClickHouseOptions = {}): MemberPlan => ClickHouse.v263(options).plan({ ...REQUEST, ...request });
const config = (request: Partial<MemberRequest> = {}): string => plan(request).files['config.xml'] ?? '';
const users = (request: Partial<MemberRequest> = {}, options: ClickHouseOptions = {}): string => plan(request, options).files['users.xml'] ?? '';

/** The elements that are open at a line, for each line that has a text: path and text. */
function leaves(xml: string): string[] {
  const open: string[] = [];
  return xml.split('\n').flatMap(line => {
    const [, name, text] = /^ *<([A-Za-z0-9_]+)>([^<]*)<\/\1>$/.exec(line) ?? [];
    if (name !== undefined) { return [`${[...open, name].join('.')}=${text}`]; }
    const [, begin] = /^ *<([A-Za-z0-9_]+)>$/.exec(line) ?? [];
    if (begin !== undefined) { open.push(begin); }
    if (/^ *<\/[A-Za-z0-9_]+>$/.test(line)) { open.pop(); }
    return [];
  });
}

test('the memory is divided as calculated by hand', () => {
  expect(deriveSizing(REQUEST)).toEqual({
    connections: 128, serverMemory: 3276, queryMemory: 1638, markCache: 409, indexCache: 204, primaryIndexCache: 204, vectorCache: 204, queryCache: 81, uncompressedCache: 0,
    pool: 4, freeToMutate: 5, freeToMergeLarge: 2, freeToOptimize: 6,
  });
  expect(deriveSizing({ ...REQUEST, memory: Size.gibibytes(256), cores: 64 })).toMatchObject({ connections: 1024, markCache: 5120, queryCache: 1024, pool: 16, freeToMutate: 20, freeToMergeLarge: 8, freeToOptimize: 25 });
});

test('the thresholds of the pool stay below its places, or the server would not start', () => {
  for (let cores = 0.1; cores < 40; cores += 0.7) {
    const { pool, freeToMutate, freeToMergeLarge, freeToOptimize } = deriveSizing({ ...REQUEST, cores });
    expect(Math.max(freeToMutate, freeToMergeLarge, freeToOptimize)).toBeLessThan(pool * 2);
    expect(Math.min(freeToMutate, freeToMergeLarge, freeToOptimize)).toBeGreaterThan(0);
  }
});

test('the sum stays below the limit, or is refused with a limit that is enough', () => {
  const seen = { fits: 0, refused: 0 };
  const requests = fc.record({
    memory: fc.integer({ min: 2048, max: 65_536 }), cores: fc.integer({ min: 1, max: 64 }),
    connections: fc.option(fc.integer({ min: 8, max: 20_000 }), { nil: undefined }), own: fc.option(fc.integer({ min: 1, max: 70_000 }), { nil: undefined }),
  });
  fc.assert(fc.property(requests, ({ connections, cores, memory, own }) => {
    const settings: { [name: string]: string } = own === undefined ? {} : { max_server_memory_usage: `${own * 1024 * 1024}` };
    const request = { ...REQUEST, memory: Size.mebibytes(memory), cores, connections, settings };
    const [problem] = ClickHouse.v263().check(request);
    seen[problem === undefined ? 'fits' : 'refused']++;
    expect(memorySum(request) <= memory).toBe(problem === undefined);
    if (problem !== undefined) {
      const least = Number(/^at least (\d+)Mi,/.exec(problem.want)?.[1]);
      expect(ClickHouse.v263().check({ ...request, memory: Size.mebibytes(least) })).toEqual([]);
    }
  }), { seed: 1, numRuns: 500 });
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(100);
});

test('without settings of the user, every memory from the least on is enough', () => {
  for (const gibibytes of [2, 3, 4, 8, 64, 1024]) {
    for (const cores of [0.5, 8, 64]) { expect([gibibytes, cores, ClickHouse.v268().check({ ...REQUEST, memory: Size.gibibytes(gibibytes), cores })]).toEqual([gibibytes, cores, []]); }
  }
});

test('plain ports are open unless TLS is required, and no others than these', () => {
  const open = (request: Partial<MemberRequest>): string[] => leaves(config(request)).filter(leaf => /_port(?:_secure)?=|prometheus\.port=/.test(leaf)).map(leaf => leaf.replace('clickhouse.', ''));
  const named = (request: Partial<MemberRequest>): unknown => plan(request).ports.map(({ name, port }) => `${name} ${port}`);
  expect(open({})).toEqual(['http_port=8123', 'tcp_port=9000', 'prometheus.port=9363']);
  expect(open({ tls: true })).toEqual(['http_port=8123', 'tcp_port=9000', 'https_port=8443', 'tcp_port_secure=9440', 'prometheus.port=9363']);
  expect(open({ tls: true, tlsRequired: true })).toEqual(['https_port=8443', 'tcp_port_secure=9440', 'prometheus.port=9363']);
  expect(named({ tls: true, tlsRequired: true })).toEqual(['https 8443', 'native-secure 9440', 'metrics 9363']);
  expect(named({})).toEqual(['http 8123', 'native 9000', 'metrics 9363']);
  expect(plan({ tls: true, tlsRequired: true }).environment).toMatchObject({ HTTP_PORT: '9363', HTTP_PATH: '/', CLIENT_PORT: '9440', CLIENT_TLS: 'true' });
});

test('inserts are on the disk before they are acknowledged, unless the user wants less', () => {
  expect(leaves(config())).toEqual(expect.arrayContaining(['clickhouse.merge_tree.fsync_after_insert=1', 'clickhouse.merge_tree.fsync_part_directory=1']));
  expect(leaves(users())).toContain('clickhouse.profiles.default.wait_for_async_insert=1');
  const less = { settings: { 'merge_tree.fsync_after_insert': '0', 'profile.wait_for_async_insert': '0' } };
  expect(leaves(config(less)).filter(leaf => leaf.includes('fsync_after_insert'))).toEqual(['clickhouse.merge_tree.fsync_after_insert=0']);
  expect(leaves(users(less)).filter(leaf => leaf.includes('wait_for_async'))).toEqual(['clickhouse.profiles.default.wait_for_async_insert=0']);
});

test('the application has its database and nothing of the server; admin is on the loopback; nobody is named default', () => {
  const all = leaves(users({}, { database: 'events', username: 'writer' })).filter(leaf => leaf.startsWith('clickhouse.users.')).map(leaf => leaf.replace('clickhouse.users.', ''));
  expect(all).toEqual([
    'admin.networks.ip=127.0.0.1', 'admin.networks.ip=::1', 'admin.profile=default', 'admin.quota=default', 'admin.access_management=1', 'admin.named_collection_control=1',
    'writer.networks.ip=::/0', 'writer.profile=default', 'writer.quota=default', 'writer.access_management=0',
    'writer.grants.query=GRANT ALL ON events.*', 'writer.grants.query=GRANT CREATE TEMPORARY TABLE ON *.*',
  ]);
});

test('a setting of the profile restarts nothing', () => {
  const changed = plan({ settings: { 'profile.max_threads': '4' } });
  expect(changed.files['config.xml']).toBe(plan().files['config.xml']);
  expect(changed.liveFiles).toEqual(['users.xml']);
  expect(leaves(changed.files['users.xml'] ?? '')).toContain('clickhouse.profiles.default.max_threads=4');
});

test('the level of the log is a setting', () => {
  expect(leaves(config())).toContain('clickhouse.logger.level=information');
  expect(leaves(config({ settings: { log_level: 'debug' } }))).toContain('clickhouse.logger.level=debug');
});

test('text is escaped, and paths of settings share their section', () => {
  expect(xmlFile('c', tree({ 'a.b': '<&>', 'a.c.d': '1', 'e': '' }))).toBe(
    '<!-- c -->\n<clickhouse>\n  <a>\n    <b>&lt;&amp;&gt;</b>\n    <c>\n      <d>1</d>\n    </c>\n  </a>\n  <e/>\n</clickhouse>\n');
});

test('nothing is written to the volume\'s root, and the copies of the configuration stay in memory', () => {
  expect(leaves(config()).filter(leaf => /=\/var\/lib\/clickhouse\/(?!server\/)/.test(leaf))).toEqual([]);
  expect(plan().scratch.find(({ path }) => path === '/run/clickhouse')).toMatchObject({ name: 'run', inMemory: true });
  expect(plan().companions).toMatchObject([{ name: 'users', seesSecrets: true, seesVolumes: false, sharedScratch: ['run'] }]);
});
