import * as fc from 'fast-check';
import { parse } from 'yaml';
import type { MemberRequest } from '../../../lib';
import { checkSettings } from '../../../lib/engines/mongodb/check-settings';
import { RESERVED, UNSAFE } from '../../../lib/engines/mongodb/reserved';
import { fixedSettings, mongodConf } from '../../../lib/engines/mongodb/settings';
import { NOT_THE_USERS } from '../../refusals/mongodb';
import { REQUEST } from './request';

const CACHE = 'storage.wiredTiger.engineConfig.cacheSizeGB';
const read = (request: Partial<MemberRequest> = {}): unknown => parse(mongodConf({ ...REQUEST, ...request }, '/data/db/data'));
const check = (name: string, value: string): unknown => checkSettings({ ...REQUEST, settings: { [name]: value } });

test('the whole file of the smallest database', () => {
  expect(mongodConf(REQUEST, '/data/db/data')).toBe(`net:
  bindIp: "*"
  ipv6: true
  maxIncomingConnections: 577
  port: 27017
  unixDomainSocket:
    enabled: false
replication:
  replSetName: "rs0"
security:
  authorization: "enabled"
  keyFile: "/run/mongodb/keyfile"
setParameter:
  maxIndexBuildMemoryUsageMegabytes: 102
storage:
  dbPath: "/data/db/data"
  wiredTiger:
    engineConfig:
      cacheSizeGB: 0.5
`);
});

test.each([[false, 'allowTLS'], [true, 'requireTLS']])('with a certificate, and TLS required: %s, the mode is %s, and clients need no certificate', (tlsRequired, mode) => {
  expect(read({ tls: true, tlsRequired })).toMatchObject({
    net: { tls: { mode, certificateKeyFile: '/run/mongodb/server.pem', allowConnectionsWithoutCertificates: true } }, setParameter: { tlsUseSystemCA: true },
  });
});

test('what the user sets stands in its section, says whose it is, and wins over what is derived', () => {
  const settings = { [CACHE]: '0.75', 'operationProfiling.mode': 'slowOp', 'setParameter.ttlMonitorSleepSecs': '120', 'security.redactClientLogData': 'true' };
  const conf = mongodConf({ ...REQUEST, settings }, '/data/db/data');
  expect(conf).toContain('\noperationProfiling:\n  mode: "slowOp" # set by the user\n');
  expect(conf).toContain('\n      cacheSizeGB: 0.75 # set by the user\n');
  expect(conf.match(/cacheSizeGB/g)).toHaveLength(1);
  expect(parse(conf)).toMatchObject({
    operationProfiling: { mode: 'slowOp' }, setParameter: { ttlMonitorSleepSecs: 120, maxIndexBuildMemoryUsageMegabytes: 102 }, security: { redactClientLogData: true, authorization: 'enabled' },
  });
});

test('a volume that grows changes nothing in the file, which would restart the server', () => {
  expect(mongodConf({ ...REQUEST, dataSize: REQUEST.memory }, '/data/db/data')).toBe(mongodConf(REQUEST, '/data/db/data'));
});

test.each(['', ' ', 'null', '~', 'yes', '# no comment', 'a: b', '- a', '"', '\\', '{a}', '0x10', '1e3', '.5', '01', 'größe', '*', '&a'])('the server reads %j as it was given', value => {
  expect(read({ settings: { 'processManagement.timeZoneInfo': value } })).toMatchObject({ processManagement: { timeZoneInfo: value === '01' ? 1 : value } });
});

test('the server reads every value that is not refused as it was given', () => {
  let accepted = 0;
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), value => {
    const request = { ...REQUEST, settings: { 'processManagement.timeZoneInfo': value } };
    if (checkSettings(request).length > 0) { return; }
    accepted += 1;
    const found = (read(request) as { processManagement: { timeZoneInfo: unknown } }).processManagement.timeZoneInfo;
    expect(typeof found === 'string' ? found : Number(value)).toBe(typeof found === 'string' ? value : found);
  }), { seed: 1, numRuns: 2000 });
  expect(accepted).toBeGreaterThan(1000);
});

test('every setting that is reserved is pinned with its remedy, and no other', () => {
  expect(Object.entries(RESERVED).sort()).toEqual(Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => [name, remedy])).sort());
  expect(Object.keys(UNSAFE)).toEqual(['setParameter.enableTestCommands', 'setParameter.skipCorruptDocumentsWhenCloning', 'setParameter.syncdelay', 'storage.syncPeriodSecs']);
});

test('whatever the library fixes is reserved', () => {
  const fixed = Object.keys(fixedSettings({ ...REQUEST, tls: true, tlsRequired: true }));
  expect(fixed).toEqual(expect.arrayContaining(['net.bindIp', 'net.tls.mode', 'security.keyFile']));
  expect([...fixed, 'storage.dbPath', 'net.maxIncomingConnections'].filter(name => !Object.hasOwn(RESERVED, name))).toEqual([]);
});

test.each([
  ['setParameter.enableTestCommands', 'True'], ['setParameter.enableTestCommands', '1'], ['setParameter.syncdelay', '0'], ['storage.syncPeriodSecs', '0'],
  ['setParameter.skipCorruptDocumentsWhenCloning', 'TRUE'],
])('%s = %s is refused for what it does', (name, value) => {
  expect(check(name, value)).toEqual([{ path: `settings.${name}`, got: `"${value}"`, want: `anything but ${UNSAFE[name]?.values.join(', ')}`, remedy: UNSAFE[name]?.effect }]);
});

test.each([
  ['operationProfiling.slowOpThresholdMs', '250'], ['storage.journal.commitIntervalMs', '50'], ['setParameter.syncdelay', '30'], ['net.compression.compressors', 'snappy,zstd'],
  ['net.tls.disabledProtocols', 'TLS1_0,TLS1_1'], ['setParameter.enableTestCommands', 'false'], ['systemLog.verbosity', '1'], ['storage.wiredTiger.collectionConfig.blockCompressor', 'zstd'],
  [CACHE, '0.25'], [CACHE, '10000'], ['setParameter.constructor', 'x'], ['setParameter.maxIndexBuildMemoryUsageMegabytes', '50'],
])('%s = %s is the user\'s to set', (name, value) => {
  expect(check(name, value)).toEqual([]);
});

test.each(['', 'slowms', 'a.', '.a', 'a..b', 'a.b c', 'a.b:', 'a.1', '__proto__', 'a.b\n', 'a.__proto__'])('%j is no name of an option', name => {
  expect(checkSettings({ ...REQUEST, settings: Object.fromEntries([[name, 'x']]) })).toEqual([{
    path: `settings.${JSON.stringify(name)}`, got: 'this name', want: 'the name of an option with its sections, such as "operationProfiling.slowOpThresholdMs"' }]);
});

test.each([
  [CACHE, ['0.2', '10001', '0x1', '1e1', '-1', 'half', '', '0.2500'], 'a number of gigabytes from 0.25 to 10000'],
  ['setParameter.maxIndexBuildMemoryUsageMegabytes', ['49', '50.5', 'x', ''], 'a whole number of megabytes, at least 50'],
] as const)('%s is refused as one of %j', (name, values, want) => {
  expect(values.map(value => check(name, value))).toEqual(values.map(value => [{ path: `settings.${name}`, got: `"${value}"`, want }]));
});

test('a name is a value or a section of others, in one file never both', () => {
  const settings = { 'storage.wiredTiger': 'x', 'a.b': '1', 'a.b.c': '2', 'net.port.x': '1' };
  const want = (other: string): string => `no section of another option: ${other} is set as well`;
  expect(checkSettings({ ...REQUEST, settings })).toEqual([
    { path: 'settings.a.b', got: 'this name', want: want('a.b.c') }, { path: 'settings.a.b.c', got: 'this name', want: want('a.b') },
    { path: 'settings.net.port.x', got: 'this name', want: want('net.port') }, { path: 'settings.storage.wiredTiger', got: 'this name', want: want(CACHE) },
  ]);
});

test('a section of a path that the library sets beside the rest is found as well', () => {
  expect(check('storage.dbPath.x', '1')).toEqual([{ path: 'settings.storage.dbPath.x', got: 'this name', want: 'no section of another option: storage.dbPath is set as well' }]);
});
