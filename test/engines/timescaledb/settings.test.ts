import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { MemberRequest, TimescaleDb } from '../../../lib';
import { memorySum } from '../../../lib/engines/postgres/check-settings';
import { derivedSettings } from '../../../lib/engines/timescaledb/settings';
import { REQUEST } from '../postgres/request';

const conf = (request: Partial<MemberRequest> = {}): string => TimescaleDb.v17().plan({ ...REQUEST, ...request }).files['postgresql.conf'] ?? '';
const derived = (mebibytes: number, cores = 1, databases = 1): unknown => {
  const settings = derivedSettings({ ...REQUEST, memory: Size.mebibytes(mebibytes), cores }, databases);
  return [settings['timescaledb.max_background_workers'], settings.max_locks_per_transaction];
};

test('workers follow from databases, cores and memory, locks from the memory', () => {
  expect(derived(1024)).toEqual(['5', '128']);
  expect(derived(8191, 64)).toEqual(['18', '128']);
  expect(derived(8192, 64)).toEqual(['19', '256']);
  expect(derived(16_384, 4, 3)).toEqual(['13', '512']);
  expect(derived(1024 * 1024, 4)).toEqual(['11', '1024']);
});

test('the server loads the library, reports nothing, and has room for the workers', () => {
  expect(conf()).toContain('\nshared_preload_libraries = \'timescaledb\'\n');
  expect(conf()).toContain('\ntimescaledb.telemetry_level = \'off\'\n');
  expect(conf()).toContain('\ntimescaledb.max_background_workers = \'5\'\n');
  expect(conf()).toContain(`\nmax_worker_processes = '${1 + 8 + 5}'\n`);
  expect(conf()).toContain(`\nmaintenance_work_mem = '${Math.floor(2048 * 0.15 / 9)}MB'\n`);
});

test('the user\'s own number of workers counts instead, once', () => {
  const own = conf({ settings: { 'timescaledb.max_background_workers': '20', 'timescaledb.telemetry_level': 'basic' } });
  expect(own.match(/^timescaledb\.max_background_workers = .*$/gm)).toEqual(['timescaledb.max_background_workers = \'20\'']);
  expect(own).toContain(`\nmax_worker_processes = '${1 + 8 + 20}'\n`);
  expect(own.match(/^timescaledb\.telemetry_level = .*$/gm)).toEqual(['timescaledb.telemetry_level = \'basic\'']);
});

test('with the workers, the sum stays below the limit, or is refused', () => {
  const seen = { fits: 0, refused: 0 };
  const requests = fc.record({ memory: fc.integer({ min: 512, max: 65_536 }), cores: fc.integer({ min: 1, max: 64 }), connections: fc.integer({ min: 5, max: 1000 }) });
  fc.assert(fc.property(requests, ({ memory, cores, connections }) => {
    const request = { ...REQUEST, memory: Size.mebibytes(memory), cores, connections };
    const [problem] = TimescaleDb.v18().check(request);
    seen[problem === undefined ? 'fits' : 'refused']++;
    const sum = memorySum(request, derivedSettings(request, 1));
    expect(sum <= memory).toBe(problem === undefined);
    expect(problem?.path ?? 'resources.memory').toBe('resources.memory');
  }), { seed: 1, numRuns: 500 });
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(50);
});

test('more workers of the user need more memory', () => {
  const check = (workers: string): string[] => TimescaleDb.v17().check({ ...REQUEST, settings: { 'timescaledb.max_background_workers': workers } }).map(({ path }) => path);
  expect([check('10'), check('200'), check('many')]).toEqual([[], ['resources.memory'], ['settings.timescaledb.max_background_workers']]);
});

test('every declared database has the extension, first and once', () => {
  const declared = (databases: { name: string; extensions?: string[] }[]): unknown => {
    const { files } = TimescaleDb.v17({ databases }).plan(REQUEST);
    return (JSON.parse(files['databases.json'] ?? '') as { databases: { extensions: string[] }[] }).databases.map(({ extensions }) => extensions);
  };
  expect(declared([{ name: 'a' }, { name: 'b', extensions: ['pg_trgm', 'timescaledb'] }])).toEqual([['timescaledb'], ['timescaledb', 'pg_trgm']]);
});

test('the scripts are those of PostgreSQL and the step of its own', () => {
  const { scripts } = TimescaleDb.v17().plan(REQUEST);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start.sh', 'reconcile.sh', 'volume.sh', 'before-extensions.sh']));
});
