import { Size } from 'cdk8s';
import { Elasticsearch, MemberRequest } from '../../../lib';
import { deriveSizing, memorySum } from '../../../lib/engines/elasticsearch/sizing';
import { REQUEST } from './request';

const heapOf = (engine: Elasticsearch, request: MemberRequest): string | undefined => /^-Xmx(.*)$/m.exec(engine.plan(request).files['jvm.options'] ?? '')?.[1];

test.each([[1, 392], [2, 1024], [4, 2048], [8, 4096], [62, 31744], [64, 31744], [1024, 31744]])('of %d GiB the heap is %d MiB: half, at most 31 GiB, and less where the rest would not fit', (memory, heap) => {
  expect(heapOf(Elasticsearch.v9(), { ...REQUEST, memory: Size.gibibytes(memory) })).toBe(`${heap}m`);
});

test('the heap has one size from the start, and direct buffers get half as much', () => {
  const lines = (Elasticsearch.v9().plan(REQUEST).files['jvm.options'] ?? '').split('\n');
  expect(lines.slice(0, 3)).toEqual(['-Xms2048m', '-Xmx2048m', '-XX:MaxDirectMemorySize=1024m']);
});

test('what the JVM writes beside its data is switched off, and goes to no volume', () => {
  const text = Elasticsearch.v9().plan(REQUEST).files['jvm.options'] ?? '';
  expect(text).toContain('-XX:-HeapDumpOnOutOfMemoryError\n');
  expect(text).toContain('-Xlog:disable\n-Xlog:all=warning:stderr');
  expect(text).not.toContain('/data');
});

test('whatever the memory, the sum stays below the limit', () => {
  for (let memory = 1024; memory < 200_000; memory += 777) {
    for (const others of [316, 416, 416 + Math.ceil(memory * 0.3)]) {
      expect(memorySum(Size.mebibytes(memory), { heap: undefined, others })).toBeLessThanOrEqual(memory);
    }
  }
});

test('a heap of the user\'s own is taken, and counts', () => {
  const use = { heap: Size.gibibytes(1), others: 416 };
  expect(deriveSizing(Size.gibibytes(4), use)).toEqual({ heap: 1024, directMemory: 512 });
  expect(memorySum(Size.gibibytes(4), use)).toBe(Math.ceil(1024 * 1.55) + 416);
});

test('machine learning takes its share of the memory before the heap does', () => {
  const request = { ...REQUEST, settings: { 'xpack.ml.enabled': 'true' } };
  expect(Elasticsearch.v9().check(request)).toEqual([]);
  expect(heapOf(Elasticsearch.v9(), request)).toBe(`${Math.floor((4096 - 416 - Math.ceil(4096 * 0.3)) / 1.55)}m`);
  expect(heapOf(Elasticsearch.v9(), { ...REQUEST, settings: { 'xpack.ml.enabled': 'true', 'xpack.ml.max_machine_memory_percent': '5' } })).toBe('2048m');
  expect(Elasticsearch.v9({ heap: Size.gibibytes(2) }).check(request).map(({ path }) => path)).toEqual(['resources.memory']);
});

test('a number of connections is refused, because the server has no such limit', () => {
  expect(Elasticsearch.v9().check({ ...REQUEST, connections: 100 }).map(({ path }) => path)).toEqual(['sizing.connections']);
});
