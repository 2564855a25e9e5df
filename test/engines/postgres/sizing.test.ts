import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSizing } from '../../../lib/engines/postgres/check-settings';
import { deriveSizing, Sizing } from '../../../lib/engines/postgres/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 1000 };

const mebibytes = fc.oneof(fc.integer({ min: 512, max: 4096 }), fc.integer({ min: 512, max: 1024 * 1024 }));
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: mebibytes.map(each => Size.mebibytes(each)),
  cores: fc.integer({ min: 1, max: 512_000 }).map(millis => millis / 1000),
  connections: fc.option(fc.integer({ min: 5, max: 10_000 }), { nil: undefined }),
  dataSize: fc.integer({ min: 1, max: 65_536 }).map(each => Size.gibibytes(each)),
  walSize: fc.option(fc.integer({ min: 1, max: 65_536 }).map(each => Size.gibibytes(each)), { nil: undefined }),
}).map(random => ({ ...REQUEST, ...random }));

/** What the server can take, counted once more, from the formulae of the manual and the README, not from the code. */
function worstCase(sizing: Sizing): number {
  const sessions = sizing.maxConnections + sizing.parallelWorkers;
  const shared = sizing.sharedBuffers * 1.05 + 16;
  const maintenance = 4 * sizing.maintenanceWorkMem;
  return shared + maintenance + 64 + sessions * (5 + 2 * sizing.workMemKibibytes / 1024);
}

test.each<readonly [memory: string, request: Partial<MemberRequest>, sizing: Sizing]>([
  ['512Mi', { memory: Size.mebibytes(512), dataSize: Size.gibibytes(1) }, {
    connections: 25, maxConnections: 30, sharedBuffers: 76, effectiveCacheSize: 307, maintenanceWorkMem: 19, workMemKibibytes: 1998,
    parallelWorkers: 1, parallelWorkersPerGather: 0, maxWalSize: 128, minWalSize: 80, slotWalKeep: 204,
  }],
  ['2Gi', {}, {
    connections: 100, maxConnections: 105, sharedBuffers: 512, effectiveCacheSize: 1228, maintenanceWorkMem: 76, workMemKibibytes: 2878,
    parallelWorkers: 1, parallelWorkersPerGather: 0, maxWalSize: 5120, minWalSize: 1024, slotWalKeep: 10_240,
  }],
  ['16Gi', { memory: Size.gibibytes(16), cores: 4, connections: 200, dataSize: Size.gibibytes(200), walSize: Size.gibibytes(20) }, {
    connections: 200, maxConnections: 205, sharedBuffers: 4096, effectiveCacheSize: 9830, maintenanceWorkMem: 614, workMemKibibytes: 20_827,
    parallelWorkers: 4, parallelWorkersPerGather: 2, maxWalSize: 8192, minWalSize: 1024, slotWalKeep: 6144,
  }],
  ['1Ti', { memory: Size.tebibytes(1), cores: 63.5, dataSize: Size.tebibytes(10) }, {
    connections: 100, maxConnections: 105, sharedBuffers: 262_144, effectiveCacheSize: 629_145, maintenanceWorkMem: 1024, workMemKibibytes: 1_048_576,
    parallelWorkers: 64, parallelWorkersPerGather: 4, maxWalSize: 8192, minWalSize: 1024, slotWalKeep: 2_097_152,
  }],
])('%s is divided as calculated by hand', (_memory, request, sizing) => {
  expect(deriveSizing({ ...REQUEST, ...request })).toEqual(sizing);
});

test('whatever is asked for fits into the memory limit, or is refused for it', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    const sum = worstCase(deriveSizing(request));
    const problems = checkSizing(request);
    seen[problems.length === 0 ? 'fits' : 'refused']++;
    if (problems.length === 0) {
      expect(sum).toBeLessThanOrEqual(request.memory.toMebibytes());
    } else {
      expect(problems.map(({ path }) => path)).toEqual(['resources.memory']);
      expect(sum).toBeGreaterThan(request.memory.toMebibytes() - 1);
    }
  }), RUNS);
  expect(seen.fits).toBeGreaterThan(200);
  expect(seen.refused).toBeGreaterThan(200);
});

test('who gives the memory that a refusal asks for is not refused again', () => {
  let refused = 0;
  fc.assert(fc.property(requests, request => {
    for (const { want } of checkSizing(request)) {
      refused++;
      const least = Number(/^at least (\d+)Mi,/.exec(want)?.[1]);
      expect(checkSizing({ ...request, memory: Size.mebibytes(least) })).toEqual([]);
    }
  }), RUNS);
  expect(refused).toBeGreaterThan(200);
});

test('without a number of connections, every memory is enough for up to eight cores', () => {
  fc.assert(fc.property(requests, fc.integer({ min: 1, max: 8 }), (request, cores) => {
    expect(checkSizing({ ...request, cores, connections: undefined })).toEqual([]);
  }), RUNS);
});

test('the server accepts every number that is derived', () => {
  fc.assert(fc.property(requests, request => {
    const sizing = deriveSizing(request);
    expect(Object.values(sizing).filter(each => !Number.isInteger(each))).toEqual([]);
    expect(sizing.workMemKibibytes).toBeGreaterThanOrEqual(1024);
    expect(sizing.maintenanceWorkMem).toBeGreaterThanOrEqual(16);
    expect(sizing.sharedBuffers).toBeGreaterThanOrEqual(76);
    expect(sizing.minWalSize).toBeGreaterThanOrEqual(2 * 16);
    expect(sizing.maxWalSize).toBeGreaterThanOrEqual(sizing.minWalSize);
    expect(sizing.parallelWorkersPerGather).toBeLessThanOrEqual(sizing.parallelWorkers);
    expect(sizing.parallelWorkers).toBeLessThanOrEqual(1024);
    expect(sizing.maxConnections).toBeLessThanOrEqual(262_143);
    expect(sizing.slotWalKeep).toBeLessThanOrEqual(2_147_483_647);
  }), RUNS);
  expect(deriveSizing({ ...REQUEST, cores: 5000 }).parallelWorkers).toBe(1024);
});

test('the log never fills its volume', () => {
  fc.assert(fc.property(requests, request => {
    const { maxWalSize, slotWalKeep } = deriveSizing(request);
    expect(maxWalSize + slotWalKeep).toBeLessThan((request.walSize ?? request.dataSize).toMebibytes());
  }), RUNS);
});
