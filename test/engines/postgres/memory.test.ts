import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSizing, checkSettings, memorySum } from '../../../lib/engines/postgres/check-settings';
import { mebibytesOf, memoryUse, sessionMemory } from '../../../lib/engines/postgres/memory';
import { deriveSizing } from '../../../lib/engines/postgres/sizing';
import { REQUEST } from './request';

const SETTINGS = { max_connections: '105', max_parallel_workers: '1', maintenance_work_mem: '76MB', shared_buffers: '512MB', work_mem: '2MB' };

test.each([
  ['64MB', 'kB', 64], ['1GB', 'kB', 1024], ['2TB', 'kB', 2 * 1024 * 1024], ['512kB', 'kB', 0.5], ['1048576B', 'kB', 1], ['2048', 'kB', 2], ['128', '8kB', 1],
  ['1.5GB', 'kB', 1536], [' 64 MB ', 'kB', 64],
])('%j in a setting that counts in %s is %d MiB', (value, unit, mebibytes) => {
  expect(mebibytesOf(value, unit)).toBe(mebibytes);
});

test.each(['', 'MB', '64mb', '64KB', '64M', '-1', '1e3', '0x10', '64MB 1', '64\u00a0MB\n1'])('%j is no size', value => {
  expect(mebibytesOf(value, 'kB')).toBeNaN();
});

test.each<readonly [changed: { [name: string]: string }, fixed: number, processes: number]>([
  [{}, 554 + 4 * 76 + 106 * 5 + 64, 106],
  [{ shared_buffers: '65536' }, 554 + 4 * 76 + 106 * 5 + 64, 106],
  [{ shared_buffers: '1GB' }, 1092 + 4 * 76 + 106 * 5 + 64, 106],
  [{ maintenance_work_mem: '100MB' }, 554 + 4 * 100 + 106 * 5 + 64, 106],
  [{ autovacuum_work_mem: '-1' }, 554 + 4 * 76 + 106 * 5 + 64, 106],
  [{ autovacuum_work_mem: '100MB' }, 554 + 76 + 3 * 100 + 106 * 5 + 64, 106],
  [{ autovacuum_max_workers: '5' }, 554 + 6 * 76 + 106 * 5 + 64, 106],
  [{ max_parallel_workers: '10' }, 554 + 4 * 76 + 115 * 5 + 64, 115],
  [{ work_mem: '1GB' }, 554 + 4 * 76 + 106 * 5 + 64, 106],
])('%j: %d MiB are taken by anything but sorting and hashing, which %d processes may do', (changed, fixed, processes) => {
  expect(memoryUse({ ...SETTINGS, ...changed })).toEqual({ fixed, processes });
});

test('a session may take its share twice: hash tables are larger', () => {
  expect(sessionMemory(SETTINGS)).toBe(106 * 2 * 2);
});

test.each<readonly [settings: { [name: string]: string }, kibibytes: number]>([
  [{}, 2878],
  [{ shared_buffers: '612MB' }, 2371],
  [{ maintenance_work_mem: '50MB' }, 3381],
  [{ max_parallel_workers: '11' }, 2409],
  [{ maintenance_work_mem: '200MB' }, 1024],
])('with %j of the user, %d kB of 2 GiB are left for each sort', (settings, kibibytes) => {
  expect(deriveSizing({ ...REQUEST, settings }).workMemKibibytes).toBe(kibibytes);
});

const sizes = fc.integer({ min: 1, max: 2000 }).map(mebibytes => `${mebibytes}MB`);
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.integer({ min: 512, max: 65_536 }).map(each => Size.mebibytes(each)),
  settings: fc.record({
    work_mem: sizes, shared_buffers: sizes, maintenance_work_mem: sizes, autovacuum_work_mem: sizes,
    autovacuum_max_workers: fc.integer({ min: 0, max: 20 }).map(String), max_parallel_workers: fc.integer({ min: 0, max: 64 }).map(String),
  }, { requiredKeys: [] }),
}).map(random => ({ ...REQUEST, ...random }));

test('with any settings of the user, the sum stays below the limit, or the refusal names the limit that is enough', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    expect(checkSettings(request)).toEqual([]);
    const [problem] = checkSizing(request);
    seen[problem === undefined ? 'fits' : 'refused']++;
    if (problem === undefined) {
      expect(memorySum(request)).toBeLessThanOrEqual(request.memory.toMebibytes());
    } else {
      const least = Number(/^at least (\d+)Mi,/.exec(problem.want)?.[1]);
      expect(checkSizing({ ...request, memory: Size.mebibytes(least) })).toEqual([]);
      expect(least).toBeLessThan(2_000_000);
    }
  }), { seed: 1, numRuns: 1000 });
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(100);
});
