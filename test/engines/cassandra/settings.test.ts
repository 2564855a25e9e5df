import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { RESERVED, UNSAFE } from '../../../lib/engines/cassandra/reserved';
import { cassandraYaml, checkSettings } from '../../../lib/engines/cassandra/settings';
import { REQUEST } from './request';

const IDENTITY = { clusterName: 'orders', datacenter: 'dc1', rack: 'rack1', keyspace: 'app' };

/** The file as a reader of YAML has it. */
function read(text: string): { [name: string]: unknown } {
  return parse(text, { version: '1.1' }) as { [name: string]: unknown };
}

const yaml = (settings: { [name: string]: string }): string => cassandraYaml({ ...REQUEST, settings }, IDENTITY);
const problems = (name: string, value: string): string[] => checkSettings({ ...REQUEST, settings: { [name]: value } }).map(({ want }) => want);

test('the whole file of the smallest database', () => {
  expect(read(yaml({}))).toEqual({
    authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer', role_manager: 'CassandraRoleManager', cluster_name: 'orders',
    endpoint_snitch: 'GossipingPropertyFileSnitch', listen_address: '127.0.0.1', num_tokens: 16, partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
    start_native_transport: true,
    seed_provider: [{ class_name: 'org.apache.cassandra.locator.SimpleSeedProvider', parameters: [{ seeds: '127.0.0.1:7000' }] }],
    commit_failure_policy: 'die', disk_failure_policy: 'die', commitlog_sync: 'batch', file_cache_size: '256MiB', networking_cache_size: '128MiB',
    native_transport_max_concurrent_connections: 512,
  });
});

test('a volume that grows changes nothing', () => {
  expect(cassandraYaml({ ...REQUEST, dataSize: Size.gibibytes(80) }, IDENTITY)).toBe(yaml({}));
});

test.each([
  ['group', { commitlog_sync: 'group', commitlog_sync_group_window: '5ms' }],
  ['periodic', { commitlog_sync: 'periodic', commitlog_sync_period: '10000ms' }],
])('commitlog_sync %s comes with the time that the server asks for', (mode, settings) => {
  expect(read(yaml({ commitlog_sync: mode }))).toMatchObject(settings);
});

test('what the user sets wins, and stands once', () => {
  const text = yaml({ file_cache_size: '64MiB', concurrent_writes: '64', disk_failure_policy: 'stop' });
  expect(text.match(/^file_cache_size:/gm)).toHaveLength(1);
  expect(text).toMatch(/\n\n# Set by the user\nconcurrent_writes: 64\ndisk_failure_policy: stop\nfile_cache_size: 64MiB\n$/);
  expect(read(text)).toMatchObject({ concurrent_writes: 64, disk_failure_policy: 'stop', file_cache_size: '64MiB' });
});

test('a value never becomes anything but one value', () => {
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), value => {
    if (checkSettings({ ...REQUEST, settings: { concurrent_reads: value } }).length > 0) { return; }
    const { concurrent_reads: found, ...others } = read(yaml({ concurrent_reads: value }));
    expect(['string', 'number', 'boolean', 'object']).toContain(typeof found);
    if (!/^\w[\w.]*$/.test(value)) { expect(found).toBe(value); }
    expect(others).toEqual(read(yaml({})));
  }), { seed: 1, numRuns: 300 });
});

test.each(Object.keys(RESERVED))('%s is the library\'s own', name => {
  expect(problems(name, 'x')).toEqual(['nothing: the library owns it']);
});

test.each(Object.entries(UNSAFE))('%s is refused where it loses data, and only there', (name, { values }) => {
  expect(problems(name, (values[0] as string).toUpperCase())).toEqual([`anything but ${values.join(', ')}`]);
  expect(problems(name, 'stop')).toEqual([]);
});

test('every fixed setting is reserved, so that no user sets it twice', () => {
  const own = ['commit_failure_policy', 'disk_failure_policy', 'commitlog_sync', 'file_cache_size', 'networking_cache_size'];
  expect(Object.keys(read(yaml({}))).filter(name => !own.includes(name) && RESERVED[name] === undefined)).toEqual([]);
});
