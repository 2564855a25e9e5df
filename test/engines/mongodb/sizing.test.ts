import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSettings, checkSizing } from '../../../lib/engines/mongodb/check-settings';
import { deriveSizing, memorySum, Sizing } from '../../../lib/engines/mongodb/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 1000 };
const CACHE = 'storage.wiredTiger.engineConfig.cacheSizeGB';
const INDEX = 'setParameter.maxIndexBuildMemoryUsageMegabytes';

const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.oneof(fc.integer({ min: 768, max: 4096 }), fc.integer({ min: 768, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  connections: fc.option(fc.integer({ min: 5, max: 20_000 }), { nil: undefined }),
  dataSize: fc.integer({ min: 1, max: 65_536 }).map(each => Size.gibibytes(each)),
  settings: fc.record({
    [CACHE]: fc.integer({ min: 25, max: 3000 }).map(each => `${each / 100}`), [INDEX]: fc.integer({ min: 50, max: 4000 }).map(String),
  }, { requiredKeys: [] }),
}).map(random => ({ ...REQUEST, ...random }));

test.each<readonly [memory: string, request: Partial<MemberRequest>, sizing: Sizing]>([
  ['768Mi', { memory: Size.mebibytes(768), dataSize: Size.gibibytes(1) }, { cacheGibibytes: 0.25, connections: 81, indexBuilds: 50, oplog: 51 }],
  ['1Gi', { memory: Size.gibibytes(1), dataSize: Size.gibibytes(20) }, { cacheGibibytes: 0.25, connections: 208, indexBuilds: 51, oplog: 1024 }],
  ['2Gi', {}, { cacheGibibytes: 0.5, connections: 567, indexBuilds: 102, oplog: 2560 }],
  ['8Gi', { memory: Size.gibibytes(8), connections: 200 }, { cacheGibibytes: 3.5, connections: 200, indexBuilds: 200, oplog: 2560 }],
  ['64Gi', { memory: Size.gibibytes(64), dataSize: Size.tebibytes(2) }, { cacheGibibytes: 31.5, connections: 5000, indexBuilds: 200, oplog: 51_200 }],
])('%s is divided as calculated by hand', (_memory, request, sizing) => {
  expect(deriveSizing({ ...REQUEST, ...request })).toEqual(sizing);
});

test('what the user sets counts, so that more cache is fewer connections', () => {
  const connections = (settings: { [name: string]: string }): number => deriveSizing({ ...REQUEST, settings }).connections;
  expect([connections({}), connections({ [CACHE]: '1' }), connections({ [INDEX]: '202' }), connections({ [CACHE]: '1.9' })]).toEqual([567, 311, 517, 20]);
});

test('what one query may sort counts as well', () => {
  const settings = { 'setParameter.internalQueryMaxBlockingSortMemoryUsageBytes': `${300 * 1024 * 1024}` };
  expect(memorySum({ ...REQUEST, connections: 100, settings }) - memorySum({ ...REQUEST, connections: 100 })).toBe(200);
});

/** What the README says that the server takes, counted once more. */
function worstCase(request: MemberRequest): number {
  const { cacheGibibytes, connections, indexBuilds } = deriveSizing(request);
  return 200 + 100 + Number(request.settings[CACHE] ?? cacheGibibytes) * 1024 + Number(request.settings[INDEX] ?? indexBuilds) + connections + 10;
}

test('whatever is asked for fits into the memory limit, or is refused with a limit that is enough', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    expect(checkSettings(request)).toEqual([]);
    const [problem] = checkSizing(request);
    seen[problem === undefined ? 'fits' : 'refused'] += 1;
    if (problem === undefined) {
      expect(worstCase(request)).toBeLessThanOrEqual(request.memory.toMebibytes());
    } else {
      expect(worstCase(request)).toBeGreaterThan(request.memory.toMebibytes());
      const least = Number(/^at least (\d+)Mi,/.exec(problem.want)?.[1]);
      expect(checkSizing({ ...request, memory: Size.mebibytes(least) })).toEqual([]);
    }
  }), RUNS);
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(100);
});

test('without a word, every memory from the least on is enough', () => {
  fc.assert(fc.property(requests, request => {
    expect(checkSizing({ ...request, settings: {}, connections: undefined })).toEqual([]);
  }), RUNS);
});

test('the server accepts every number that is derived', () => {
  fc.assert(fc.property(requests, request => {
    const { cacheGibibytes, connections, indexBuilds, oplog } = deriveSizing(request);
    expect([connections, indexBuilds, oplog].filter(each => !Number.isInteger(each))).toEqual([]);
    expect(`${cacheGibibytes}`).toMatch(/^\d+(?:\.\d{1,2})?$/);
    expect(cacheGibibytes).toBeGreaterThanOrEqual(0.25);
    expect(cacheGibibytes).toBeLessThanOrEqual(10_000);
    expect(indexBuilds).toBeGreaterThanOrEqual(50);
    expect(connections).toBeGreaterThanOrEqual(5);
    // In the worst case a tenth of the smallest volume.
    expect(oplog).toBeLessThanOrEqual(request.dataSize.toMebibytes() * 0.1);
  }), RUNS);
});

test('the cache never takes more than half of the memory', () => {
  fc.assert(fc.property(requests, request => {
    expect(deriveSizing(request).cacheGibibytes * 1024).toBeLessThanOrEqual(request.memory.toMebibytes() / 2);
  }), RUNS);
});

test('the sum is that of the README', () => {
  expect(memorySum(REQUEST)).toBe(worstCase(REQUEST));
  expect(memorySum(REQUEST)).toBe(200 + 100 + 512 + 102 + 577);
});
