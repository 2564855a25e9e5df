import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { bytes, clamp, mebibytes } from '../../core/quantity';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly heap: number;
  readonly directMemory: number;
  readonly connections: number;
}

/** The least memory that leaves the JVM something for itself. */
export const LEAST_MEMORY = Size.mebibytes(512);

/** The most memory for which the formulae were thought of; a tree of this size takes too long to load. */
export const MOST_MEMORY = Size.tebibytes(1);

/** Bounds that the server gets as options of its JVM, in mebibytes. */
export const METASPACE = 96;
export const CODE_CACHE = 48;

/** Threads, symbols and the JVM's own structures, in mebibytes; the garbage collector takes a twentieth of the heap. */
const NATIVE = 32;

/** Buffers of the kernel for one connection, in mebibytes. */
const CONNECTION = 0.1;

/** Requests of the largest size that are in the heap at a time, besides the tree. */
const LARGE_REQUESTS = 32;

/** The in-memory folder of the login and the certificate. */
export const RUN_FOLDER = 1;

/**
 * Derives sizes from the memory.
 *
 * The whole tree lies in the heap, so that this is all of the memory but what the JVM takes besides: half of it, or three quarters
 * less 256 MiB where that is more, and never less than 32 requests of the largest size need.
 *
 * @see https://zookeeper.apache.org/doc/r3.9.5/zookeeperAdmin.html#sc_bestPractices
 */
export function deriveSizing(request: MemberRequest, maxBuffer: Size): Sizing {
  const memory = mebibytes(request.memory);
  const least = 64 + Math.ceil(LARGE_REQUESTS * bytes(maxBuffer) / 1024 / 1024);
  return {
    heap: Math.max(Math.floor(memory / 2), Math.floor(memory * 0.75) - 256, least),
    directMemory: clamp(Math.floor(memory / 16), 32, 256),
    connections: request.connections ?? clamp(Math.floor(memory / 10), 50, 2000),
  };
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest, maxBuffer: Size): number {
  const { connections, directMemory, heap } = deriveSizing(request, maxBuffer);
  return heap * 1.05 + directMemory + METASPACE + CODE_CACHE + NATIVE + connections * CONNECTION + RUN_FOLDER;
}
