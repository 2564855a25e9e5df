import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSizing } from '../../../lib/engines/questdb/settings';
import { deriveSizing, mebibytesOf, Sizing } from '../../../lib/engines/questdb/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 500 };
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.oneof(fc.integer({ min: 768, max: 4096 }), fc.integer({ min: 768, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  connections: fc.option(fc.integer({ min: 4, max: 2000 }), { nil: undefined }),
}).map(random => ({ ...REQUEST, ...random }));

/** What the server can take, counted once more, from the README and not from the code. */
function worstCase({ connections, heap, native }: Sizing): number {
  return heap + 224 + Math.max(native, 64 + connections * 6);
}

test.each<readonly [memory: number, sizing: Sizing]>([
  [768, { connections: 12, heap: 128, native: 307 }],
  [2048, { connections: 32, heap: 256, native: 1276 }],
  [65_536, { connections: 64, heap: 4096, native: 51_854 }],
])('%d MiB are divided as calculated by hand', (memory, sizing) => {
  expect(deriveSizing({ ...REQUEST, memory: Size.mebibytes(memory) })).toEqual(sizing);
});

test('whatever is asked for fits into the memory limit, or is refused for it', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    const fits = worstCase(deriveSizing(request)) <= request.memory.toMebibytes();
    seen[fits ? 'fits' : 'refused']++;
    expect(checkSizing(request).map(({ path }) => path)).toEqual(fits ? [] : ['resources.memory']);
  }), RUNS);
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(50);
});

test('a sixth of the memory or more is never promised to anybody: it is for mapped files', () => {
  fc.assert(fc.property(requests, request => {
    const { heap, native } = deriveSizing(request);
    expect(request.memory.toMebibytes() - heap - 224 - native).toBeGreaterThanOrEqual(Math.floor(request.memory.toMebibytes() / 7));
  }), RUNS);
});

test('who gives the memory that a refusal asks for is not refused again', () => {
  fc.assert(fc.property(requests, request => {
    for (const { want } of checkSizing(request)) {
      expect(checkSizing({ ...request, memory: Size.mebibytes(Number(/^at least (\d+)Mi,/.exec(want)?.[1])) })).toEqual([]);
    }
  }), RUNS);
});

test('a limit of the user\'s own counts', () => {
  const check = (limit: string): string[] => checkSizing({ ...REQUEST, settings: { 'ram.usage.limit.bytes': limit } }).map(({ path }) => path);
  expect([check('1568m'), check('1569m'), check('2g')]).toEqual([[], ['resources.memory'], ['resources.memory']]);
});

test.each([['1048576', 1], ['1024k', 1], ['3M', 3], ['2g', 2048], ['', Number.NaN], ['1.5g', Number.NaN], ['2t', Number.NaN]])('%s is %d MiB', (value, mebibytes) => {
  expect(mebibytesOf(value)).toBe(mebibytes);
});
