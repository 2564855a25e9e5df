import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { checkMemory, MemoryRules } from '../../core/memory-check';
import type { Problem } from '../../core/problems';
import { clamp, mebibytes } from '../../core/quantity';

/** The least memory with which the formulae leave a server something to work with. */
export const LEAST_MEMORY = Size.gibibytes(1);

/** Beyond it a heap of 31 GiB is small beside the cache, and more members serve better than more memory. */
export const MOST_MEMORY = Size.tebibytes(1);

/** Above it the JVM can no longer write object pointers in 32 bits, and the same heap holds less. */
const MOST_HEAP = 31 * 1024;

const LEAST_HEAP = 128;

/** Direct buffers, half the heap, and what the garbage collector keeps beside it, a twentieth. */
const PER_HEAP = 1.55;

/** What a server takes of the memory that does not grow with its heap. */
export interface MemoryUse {
  /** The user's own heap. */
  readonly heap: Size | undefined;
  /** In mebibytes: classes, compiled code, threads, scratch folders in memory, and programs beside the server. */
  readonly others: number;
}

/** Sizes in mebibytes, all derived from the request. */
export interface Sizing {
  readonly heap: number;
  readonly directMemory: number;
}

/**
 * Half the memory for the heap, at most 31 GiB, and half of that for direct buffers, which is the server's own rule; the rest
 * is for the JVM and the cache of the files. Where all that would not fit, which is below 2 GiB, the heap is smaller.
 *
 * @see https://www.elastic.co/docs/reference/elasticsearch/jvm-settings#set-jvm-heap-size
 */
export function deriveSizing(memory: Size, use: MemoryUse): Sizing {
  const all = mebibytes(memory);
  const derived = Math.floor(Math.min(all / 2, (all - use.others) / PER_HEAP));
  const heap = use.heap === undefined ? clamp(derived, LEAST_HEAP, MOST_HEAP) : mebibytes(use.heap);
  return { heap, directMemory: Math.floor(heap / 2) };
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(memory: Size, use: MemoryUse): number {
  return Math.ceil(deriveSizing(memory, use).heap * PER_HEAP) + use.others;
}

/** Refuses what does not fit into the memory, and a number of connections, which the server does not know. */
export function checkSizing(request: MemberRequest, useOf: (request: MemberRequest) => MemoryUse): Problem[] {
  if (request.connections !== undefined) {
    return [{ path: 'sizing.connections', got: `${request.connections}`, want: 'nothing: the server has no limit of connections',
      remedy: 'its thread pools have queues of their own (`thread_pool.*` in `settings`)' }];
  }
  const rules: MemoryRules = {
    least: LEAST_MEMORY,
    most: MOST_MEMORY,
    sum: each => memorySum(each.memory, useOf(each)),
    remedy: 'give it more memory, or a smaller `heap`, or less of what lies outside of the heap',
  };
  return [...checkHeap(useOf(request).heap), ...checkMemory(request, rules)];
}

function checkHeap(heap: Size | undefined): Problem[] {
  if (heap === undefined || (mebibytes(heap) >= LEAST_HEAP && mebibytes(heap) <= MOST_HEAP)) { return []; }
  return [{ path: 'engine.heap', got: heap.asString(), want: `${LEAST_HEAP}Mi to ${MOST_HEAP}Mi`,
    remedy: 'from 32 GiB on the JVM writes longer pointers, and the same heap holds less' }];
}
