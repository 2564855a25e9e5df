import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSizing } from '../../../lib/engines/valkey/check-settings';
import { deriveSizing, mebibytesOf, memorySum, Sizing } from '../../../lib/engines/valkey/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 1000 };
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.oneof(fc.integer({ min: 128, max: 4096 }), fc.integer({ min: 128, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  cores: fc.integer({ min: 1, max: 128_000 }).map(millis => millis / 1000),
  connections: fc.option(fc.integer({ min: 5, max: 50_000 }), { nil: undefined }),
}).map(random => ({ ...REQUEST, ...random }));

/** What the server can take, counted once more from the README, not from the code. */
function worstCase({ clientMemory, maxMemory }: Sizing): number {
  return 40 + (11 * clientMemory + 11 * maxMemory + 5 * maxMemory) / 10;
}

test.each<readonly [memory: string, request: Partial<MemberRequest>, sizing: Sizing]>([
  ['128Mi', { memory: Size.mebibytes(128) }, { connections: 50, maxClients: 66, maxMemory: 46, clientMemory: 12, threads: 1 }],
  ['1Gi', {}, { connections: 256, maxClients: 272, maxMemory: 544, clientMemory: 102, threads: 1 }],
  ['16Gi', { memory: Size.gibibytes(16), cores: 4, connections: 1000 }, { connections: 1000, maxClients: 1016, maxMemory: 9088, clientMemory: 1638, threads: 3 }],
  ['1Ti', { memory: Size.tebibytes(1), cores: 64 }, { connections: 4000, maxClients: 4016, maxMemory: 583_245, clientMemory: 104_857, threads: 8 }],
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
      expect(sum).toBeGreaterThan(request.memory.toMebibytes());
    }
  }), RUNS);
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(200);
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

test('without a number of connections, every memory is enough', () => {
  fc.assert(fc.property(requests, request => {
    expect(checkSizing({ ...request, connections: undefined })).toEqual([]);
  }), RUNS);
});

test('what the user sets counts, for the data and for the clients', () => {
  const sizing = (settings: { [name: string]: string }): Sizing => deriveSizing({ ...REQUEST, settings });
  expect(sizing({ 'maxmemory': '100mb', 'maxmemory-clients': '1gb' })).toMatchObject({ maxMemory: 100, clientMemory: 1024 });
  expect(sizing({ 'maxmemory-clients': '200mb' }).maxMemory).toBe(477);
  expect(sizing({ 'maxmemory-clients': '50%' }).clientMemory).toBe(512);
  expect(memorySum({ ...REQUEST, settings: { maxmemory: '800mb' } })).toBeCloseTo(40 + 1.1 * (102 + 800) + 0.5 * 800);
});

test.each([
  ['64mb', 64], ['1gb', 1024], ['1G', 1e9 / 1048576], ['2048kb', 2], ['1048576', 1], ['1048576b', 1], ['1m', 1e6 / 1048576], ['10%', 100], ['0', 0],
])('%j is %d MiB', (value, mebibytes) => { expect(mebibytesOf(value, 1000)).toBe(mebibytes); });

test.each(['', 'mb', '64 mb', '-1', '1.5gb', '64tb', '1e3', undefined])('%j is no size', value => { expect(mebibytesOf(value, 1000)).toBeUndefined(); });
