import { Size } from 'cdk8s';
import { checkSizing, checkSettings } from '../../../lib/engines/postgres/check-settings';
import { RESERVED, UNSAFE } from '../../../lib/engines/postgres/reserved';
import { postgresqlConf } from '../../../lib/engines/postgres/settings';
import { NOT_THE_USERS } from '../../refusals/postgres';
import { REQUEST } from './request';

function check(name: string, value: string): unknown {
  return checkSettings({ ...REQUEST, settings: { [name]: value } });
}

test.each([
  ['log_min_duration_statement', '500ms'], ['pg_stat_statements.track', 'all'], ['work_mem', '4MB'], ['autovacuum_work_mem', '-1'], ['autovacuum_max_workers', '5'],
  ['synchronous_commit', 'off'], ['fsync', 'on'], ['application_name', ''], ['zero_damaged_pages', 'off'], ['constructor', 'x'],
])('%s = %j is the user\'s to set', (name, value) => {
  expect(check(name, value)).toEqual([]);
});

test('every setting that is reserved is pinned with its remedy, and no other', () => {
  expect(Object.entries(RESERVED).sort()).toEqual(Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => [name, remedy])).sort());
  expect(Object.keys(UNSAFE)).toEqual(['fsync', 'full_page_writes', 'ignore_checksum_failure', 'ignore_invalid_pages', 'zero_damaged_pages']);
});

test('whatever the library fixes is reserved', () => {
  const fixed = postgresqlConf({ ...REQUEST, tls: true }, []).split('# Derived')[0]?.match(/^\w+/gm) ?? [];
  expect(fixed).toEqual(expect.arrayContaining(['listen_addresses', 'ssl', 'password_encryption']));
  expect(fixed.filter(name => !Object.hasOwn(RESERVED, name))).toEqual(['ssl_min_protocol_version']);
});

test.each([
  ['fsync', ['off', 'OFF', 'of', 'false', 'f', 'no', 'n', '0'], 'off, false, no, 0'],
  ['full_page_writes', ['off', 'fal', '0'], 'off, false, no, 0'],
  ['zero_damaged_pages', ['on', 'On', 'true', 't', 'yes', 'ye', '1'], 'on, true, yes, 1'],
  ['ignore_checksum_failure', ['on', 't'], 'on, true, yes, 1'],
  ['ignore_invalid_pages', ['on', 'y'], 'on, true, yes, 1'],
] as const)('%s is refused in every spelling that loses data: %j', (name, values, allowed) => {
  for (const value of values) {
    expect(check(name, value)).toEqual([{ path: `settings.${name}`, got: `"${value}"`, want: `anything but ${allowed}`, remedy: UNSAFE[name]?.effect }]);
  }
  expect(values.length).toBeGreaterThan(1);
});

test.each(['', 'Work_mem', 'work-mem', '1x', 'a.b.c', 'a b', 'a\nb', 'a = 1 #', '__proto__'])('%j is no name of a setting', name => {
  expect(checkSettings({ ...REQUEST, settings: Object.fromEntries([[name, 'x']]) }))
    .toEqual([{ path: `settings.${JSON.stringify(name)}`, got: 'this name', want: 'the name of a setting in lower case, or extension.setting' }]);
});

test.each([
  ['work_mem', 'much', 'a size such as "64MB"'], ['shared_buffers', '-1', 'a size such as "64MB"'], ['maintenance_work_mem', '', 'a size such as "64MB"'],
  ['autovacuum_work_mem', '64mb', 'a size such as "64MB"'], ['autovacuum_max_workers', '3.5', 'a whole number'], ['max_parallel_workers', 'many', 'a whole number'],
  ['application_name', 'a\nfsync = off', 'one line of text'], ['application_name', '\u2028', 'text without control characters, line separators or broken Unicode'],
])('%s = %j is refused: %s', (name, value, want) => {
  expect(check(name, value)).toMatchObject([{ path: `settings.${name}`, want }]);
});

test('every setting that is wrong is found at once, in the order of the names', () => {
  expect(checkSettings({ ...REQUEST, settings: { work_mem: 'x', fsync: 'off', port: '1' } }).map(({ path }) => path))
    .toEqual(['settings.fsync', 'settings.port', 'settings.work_mem']);
});

const MORE = 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower work_mem, maintenance_work_mem or shared_buffers';

test.each([
  [{}, []],
  [{ memory: Size.mebibytes(512) }, []],
  [{ memory: Size.tebibytes(16) }, []],
  [{ memory: Size.mebibytes(511) }, [{ path: 'resources.memory', got: '511Mi', want: 'at least 512Mi' }]],
  [{ memory: Size.gibibytes(Number.NaN) }, [{ path: 'resources.memory', got: 'NaNGi', want: 'at least 512Mi' }]],
  [{ memory: Size.tebibytes(17) }, [{ path: 'resources.memory', got: '17Ti', want: 'at most 16Ti' }]],
  [{ memory: Size.gibibytes(Infinity) }, [{ path: 'resources.memory', got: 'InfinityGi', want: 'at most 16Ti' }]],
  [{ connections: 4 }, [{ path: 'sizing.connections', got: '4', want: 'a whole number from 5 to 10000' }]],
  [{ connections: 5.5 }, [{ path: 'sizing.connections', got: '5.5', want: 'a whole number from 5 to 10000' }]],
  [{ connections: 10_001 }, [{ path: 'sizing.connections', got: '10001', want: 'a whole number from 5 to 10000' }]],
  [{ connections: 5 }, []],
  [{ connections: 1000 }, [{ path: 'resources.memory', got: '2Gi', want: 'at least 12119Mi, the sum of what the settings may use', remedy: MORE }]],
  [{ settings: { work_mem: '64MB' } }, [{ path: 'resources.memory', got: '2Gi', want: 'at least 24127Mi, the sum of what the settings may use', remedy: MORE }]],
])('%j: %j', (request, problems) => {
  expect(checkSizing({ ...REQUEST, ...request })).toEqual(problems);
});
