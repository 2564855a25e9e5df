import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly connections: number;
  readonly heap: number;
  readonly newGeneration: number;
  readonly fileCache: number;
  readonly networkCache: number;
  readonly direct: number;
}

/** The least memory with which the formulae leave every part something to work with. */
export const LEAST_MEMORY = Size.mebibytes(1024);

/** The most memory for which the formulae are meant. */
export const MOST_MEMORY = Size.tebibytes(1);

/** The JVM beside its heap: 112 of classes, 64 of compiled code, and some 200 threads with 256 KiB of stack, and the collector's tables. */
export const JVM_MEBIBYTES = 256;

/** Direct memory beside the two caches: what Netty and the commit log hold. */
const BUFFER_MEBIBYTES = 32;

/** The buffers of one connection. */
const CONNECTION_MEBIBYTES = 0.125;

/**
 * Derives sizes from the memory.
 *
 * Half of it is the heap, at most 31 GiB, below which pointers are compressed. A sixteenth is the cache of chunks of files, half as
 * much that of the network, both in direct memory, whose limit is their sum and 32 MiB. A sixteenth is left for what grows with the
 * data outside of the heap (bloom filters, index summaries, offsets of compressed chunks), and the rest for the kernel's page cache.
 *
 * @see https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/hardware.html
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const heap = clamp(Math.floor(memory / 2), 256, 31 * 1024);
  const fileCache = sizeOf(request.settings, 'file_cache_size', clamp(Math.floor(memory / 16), 32, 512));
  const networkCache = sizeOf(request.settings, 'networking_cache_size', clamp(Math.floor(memory / 32), 16, 128));
  return {
    connections: request.connections ?? clamp(Math.floor(memory / 8), 128, 4096),
    heap,
    newGeneration: Math.floor(heap / 4),
    fileCache,
    networkCache,
    direct: Math.ceil(fileCache + networkCache + BUFFER_MEBIBYTES),
  };
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest): number {
  const { connections, direct, heap } = deriveSizing(request);
  const { settings } = request;
  const offHeap = (settings.memtable_allocation_type ?? 'heap_buffers') !== 'heap_buffers';
  const memtables = offHeap ? sizeOf(settings, 'memtable_offheap_space', heap / 4) : 0;
  const withData = Math.floor(mebibytes(request.memory) / 16);
  return heap + direct + JVM_MEBIBYTES + withData + memtables + sizeOf(settings, 'row_cache_size', 0) + connections * CONNECTION_MEBIBYTES;
}

/** A size as cassandra.yaml has it, in mebibytes. */
export function mebibytesOf(value: string): number {
  const [, amount, unit] = /^(\d{1,15})(B|KiB|MiB|GiB)$/.exec(value) ?? [];
  const factor = { B: 1 / 1024 / 1024, KiB: 1 / 1024, MiB: 1, GiB: 1024 }[unit ?? ''] ?? Number.NaN;
  return Number(amount) * factor;
}

// Names and values are checked before, but for the sum of the memory a wrong value must not hide another problem.
function sizeOf(settings: StringMap, name: string, otherwise: number): number {
  const own = settings[name] === undefined ? otherwise : mebibytesOf(settings[name]);
  return Number.isNaN(own) ? otherwise : own;
}
