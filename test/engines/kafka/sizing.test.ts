import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSizing } from '../../../lib/engines/kafka/check';
import { deriveSizing, Sizing } from '../../../lib/engines/kafka/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 1000 };

const sizes = fc.option(fc.integer({ min: 1, max: 4096 }), { nil: undefined });
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.oneof(fc.integer({ min: 768, max: 4096 }), fc.integer({ min: 768, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  cores: fc.integer({ min: 1, max: 512_000 }).map(millis => millis / 1000),
  connections: fc.option(fc.integer({ min: 5, max: 100_000 }), { nil: undefined }),
  cleaner: sizes,
  queue: sizes,
}).map(({ cleaner, queue, ...random }) => ({ ...REQUEST, ...random, settings: {
  ...(cleaner === undefined ? {} : { 'log.cleaner.dedupe.buffer.size': `${cleaner * 1024 * 1024}` }),
  ...(queue === undefined ? {} : { 'queued.max.request.bytes': `${queue * 1024 * 1024}` }),
} }));

/** What the server can take, counted once more, from the README, not from the code. */
function worstCase(sizing: Sizing): number {
  return sizing.heap * 1.05 + sizing.directMemory + 128 + 64 + 64 + (sizing.connections + 10) * 2 * 100 / 1024 + 1;
}

test.each<readonly [memory: string, request: Partial<MemberRequest>, sizing: Sizing]>([
  ['768Mi', { memory: Size.mebibytes(768) }, {
    heap: 384, directMemory: 64, dedupeBuffer: 48, queuedRequests: 96, connections: 76, networkThreads: 2, ioThreads: 4, recoveryThreads: 2 }],
  ['2Gi', {}, {
    heap: 1024, directMemory: 128, dedupeBuffer: 128, queuedRequests: 256, connections: 204, networkThreads: 2, ioThreads: 4, recoveryThreads: 2 }],
  ['64Gi', { memory: Size.gibibytes(64), cores: 15.5, connections: 5000 }, {
    heap: 6144, directMemory: 512, dedupeBuffer: 128, queuedRequests: 512, connections: 5000, networkThreads: 16, ioThreads: 32, recoveryThreads: 16 }],
])('%s is divided as calculated by hand', (_memory, request, sizing) => {
  expect(deriveSizing({ ...REQUEST, ...request })).toEqual(sizing);
});

test('whatever is asked for fits into the memory limit, or is refused for it', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    const fits = worstCase(deriveSizing(request)) <= request.memory.toMebibytes();
    seen[fits ? 'fits' : 'refused']++;
    expect(checkSizing(request).map(({ path }) => path)).toEqual(fits ? [] : ['resources.memory']);
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

test('the buffers of the user and of the server fit into the heap', () => {
  fc.assert(fc.property(requests, request => {
    const { dedupeBuffer, heap, queuedRequests } = deriveSizing(request);
    expect(heap).toBeGreaterThanOrEqual(dedupeBuffer + queuedRequests + 128);
  }), RUNS);
});

test('without wishes, every memory is enough', () => {
  fc.assert(fc.property(requests, request => {
    expect(checkSizing({ ...request, connections: undefined, settings: {} })).toEqual([]);
  }), RUNS);
});
