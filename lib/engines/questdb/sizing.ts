import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly connections: number;
  readonly heap: number;
  readonly native: number;
}

/** The least memory with which the formulae leave every part something to work with. */
export const LEAST_MEMORY = Size.mebibytes(768);

/** The most memory for which the formulae are meant. */
export const MOST_MEMORY = Size.tebibytes(4);

/** The JVM beside its heap: 96 of classes, 64 of compiled code, and some 50 threads with their stacks and the collector's tables. */
export const JVM_MEBIBYTES = 224;

/** What the server takes of its native memory before the first client comes. */
const BASE_MEBIBYTES = 64;

/** The buffers of one connection: 2 of the PostgreSQL protocol, and 4 of HTTP, which has as many connections. */
const CONNECTION_MEBIBYTES = 6;

/**
 * Derives sizes from the memory.
 *
 * The heap holds little, as the server keeps its data in native memory and in mapped files: an eighth of the memory, 128 MiB to 4 GiB.
 * A seventh is left for the mapped files, whose pages count against the limit and are taken back by the kernel. What remains is
 * the native memory, which the server itself keeps below `ram.usage.limit.bytes`: a query that wants more fails, not the server.
 *
 * @see https://questdb.com/docs/getting-started/capacity-planning/
 * @see https://github.com/questdb/questdb/pull/4530
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const heap = clamp(Math.floor(memory / 8), 128, 4096);
  return {
    connections: request.connections ?? clamp(Math.floor(memory / 64), 12, 64),
    heap,
    native: Math.max(memory - heap - JVM_MEBIBYTES - Math.floor(memory / 7), 0),
  };
}

/** What the server may use in the worst case, in mebibytes; never less than the buffers of all connections. */
export function memorySum(request: MemberRequest): number {
  const { connections, heap, native } = deriveSizing(request);
  const own = request.settings['ram.usage.limit.bytes'];
  const limit = own === undefined ? native : mebibytesOf(own);
  return heap + JVM_MEBIBYTES + Math.max(limit, BASE_MEBIBYTES + connections * CONNECTION_MEBIBYTES);
}

/** A size as server.conf has it, in mebibytes: bytes, or with `k`, `m` or `g`. */
export function mebibytesOf(value: string): number {
  const [, amount, unit] = /^(\d{1,15})([kmg]?)$/i.exec(value) ?? [];
  const divisor = { k: 1024, m: 1, g: 1 / 1024 }[(unit ?? '').toLowerCase()] ?? 1024 * 1024;
  return amount === undefined ? Number.NaN : Number(amount) / divisor;
}
