import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { checkSizing } from '../../../lib/engines/zookeeper/check';
import { deriveSizing, Sizing } from '../../../lib/engines/zookeeper/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 1000 };
const MEBIBYTE = Size.mebibytes(1);

const cases = fc.record({
  memory: fc.oneof(fc.integer({ min: 512, max: 4096 }), fc.integer({ min: 512, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  connections: fc.option(fc.integer({ min: 5, max: 100_000 }), { nil: undefined }),
  buffer: fc.integer({ min: 64, max: 65_536 }).map(each => Size.kibibytes(each)),
}).map(({ buffer, ...random }) => ({ request: { ...REQUEST, ...random }, buffer }));

/** What the server can take, counted once more, from the README, not from the code. */
function worstCase(sizing: Sizing): number {
  return sizing.heap * 1.05 + sizing.directMemory + 96 + 48 + 32 + sizing.connections * 0.1 + 1;
}

test.each([
  [Size.mebibytes(512), MEBIBYTE, { heap: 256, directMemory: 32, connections: 51 }],
  [Size.gibibytes(1), MEBIBYTE, { heap: 512, directMemory: 64, connections: 102 }],
  [Size.gibibytes(1), Size.mebibytes(16), { heap: 576, directMemory: 64, connections: 102 }],
  [Size.gibibytes(16), MEBIBYTE, { heap: 12_032, directMemory: 256, connections: 1638 }],
])('%j with requests of %j is divided as calculated by hand', (memory, buffer, sizing) => {
  expect(deriveSizing({ ...REQUEST, memory }, buffer)).toEqual(sizing);
});

test('whatever is asked for fits into the memory limit, or is refused for it', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(cases, ({ buffer, request }) => {
    const fits = worstCase(deriveSizing(request, buffer)) <= request.memory.toMebibytes();
    seen[fits ? 'fits' : 'refused']++;
    expect(checkSizing(request, buffer).map(({ path }) => path)).toEqual(fits ? [] : ['resources.memory']);
  }), RUNS);
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(100);
});

test('who gives the memory that a refusal asks for is not refused again', () => {
  let refused = 0;
  fc.assert(fc.property(cases, ({ buffer, request }) => {
    for (const { want } of checkSizing(request, buffer)) {
      refused++;
      const least = Number(/^at least (\d+)Mi,/.exec(want)?.[1]);
      expect(checkSizing({ ...request, memory: Size.mebibytes(least) }, buffer)).toEqual([]);
    }
  }), RUNS);
  expect(refused).toBeGreaterThan(100);
});

test('without wishes, every memory is enough', () => {
  fc.assert(fc.property(cases, ({ request }) => {
    expect(checkSizing({ ...request, connections: undefined }, MEBIBYTE)).toEqual([]);
  }), RUNS);
});
