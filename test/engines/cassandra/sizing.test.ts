import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import type { MemberRequest } from '../../../lib';
import { checkSizing } from '../../../lib/engines/cassandra/settings';
import { deriveSizing, mebibytesOf, Sizing } from '../../../lib/engines/cassandra/sizing';
import { REQUEST } from './request';

const RUNS = { seed: 1, numRuns: 500 };
const requests: fc.Arbitrary<MemberRequest> = fc.record({
  memory: fc.oneof(fc.integer({ min: 1024, max: 4096 }), fc.integer({ min: 1024, max: 1024 * 1024 })).map(each => Size.mebibytes(each)),
  connections: fc.option(fc.integer({ min: 8, max: 30_000 }), { nil: undefined }),
}).map(random => ({ ...REQUEST, ...random }));

/** What the server can take, counted once more, from the README and not from the code. */
function worstCase({ connections, direct, heap }: Sizing, memory: number): number {
  return heap + direct + 256 + Math.floor(memory / 16) + connections / 8;
}

test.each<readonly [memory: number, sizing: Sizing]>([
  [1024, { connections: 128, heap: 512, newGeneration: 128, fileCache: 64, networkCache: 32, direct: 128 }],
  [4096, { connections: 512, heap: 2048, newGeneration: 512, fileCache: 256, networkCache: 128, direct: 416 }],
  [131_072, { connections: 4096, heap: 31_744, newGeneration: 7936, fileCache: 512, networkCache: 128, direct: 672 }],
])('%d MiB are divided as calculated by hand', (memory, sizing) => {
  expect(deriveSizing({ ...REQUEST, memory: Size.mebibytes(memory) })).toEqual(sizing);
});

test('whatever is asked for fits into the memory limit, or is refused for it', () => {
  const seen = { fits: 0, refused: 0 };
  fc.assert(fc.property(requests, request => {
    const fits = worstCase(deriveSizing(request), request.memory.toMebibytes()) <= request.memory.toMebibytes();
    seen[fits ? 'fits' : 'refused']++;
    expect(checkSizing(request).map(({ path }) => path)).toEqual(fits ? [] : ['resources.memory']);
  }), RUNS);
  expect(Math.min(seen.fits, seen.refused)).toBeGreaterThan(50);
});

test('without a number of connections, every memory is enough', () => {
  fc.assert(fc.property(requests, request => {
    expect(checkSizing({ ...request, connections: undefined })).toEqual([]);
  }), RUNS);
});

test('who gives the memory that a refusal asks for is not refused again', () => {
  fc.assert(fc.property(requests, request => {
    for (const { want } of checkSizing(request)) {
      expect(checkSizing({ ...request, memory: Size.mebibytes(Number(/^at least (\d+)Mi,/.exec(want)?.[1])) })).toEqual([]);
    }
  }), RUNS);
});

test('what the user sets counts', () => {
  const paths = (settings: { [name: string]: string }): string[] => checkSizing({ ...REQUEST, settings }).map(({ path }) => path);
  expect([paths({ file_cache_size: '512MiB' }), paths({ memtable_allocation_type: 'heap_buffers', memtable_offheap_space: '4GiB' })]).toEqual([[], []]);
  expect([
    paths({ file_cache_size: '4GiB' }), paths({ networking_cache_size: '4GiB' }), paths({ row_cache_size: '4GiB' }),
    paths({ memtable_allocation_type: 'offheap_objects', memtable_offheap_space: '4GiB' }),
  ]).toEqual(Array(4).fill(['resources.memory']));
});

test.each([['1048576B', 1], ['1024KiB', 1], ['3MiB', 3], ['2GiB', 2048], ['64', Number.NaN], ['64MB', Number.NaN], ['', Number.NaN]])('%s is %d MiB', (value, mebibytes) => {
  expect(mebibytesOf(value)).toBe(mebibytes);
});
