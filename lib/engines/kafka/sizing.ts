import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly heap: number;
  readonly directMemory: number;
  readonly dedupeBuffer: number;
  readonly queuedRequests: number;
  readonly connections: number;
  readonly networkThreads: number;
  readonly ioThreads: number;
  readonly recoveryThreads: number;
}

/** The least memory that leaves something for the page cache. */
export const LEAST_MEMORY = Size.mebibytes(768);

/** The most memory for which the formulae were thought of: the rest is page cache. */
export const MOST_MEMORY = Size.tebibytes(16);

/** More heap only makes the pauses of the garbage collector longer; Kafka lives on the page cache. */
const MOST_HEAP = 6144;

/** Bounds that the server gets as options of its JVM, in mebibytes. */
export const METASPACE = 128;
export const CODE_CACHE = 64;

/** Connections that are kept for the companion, for tools within the pod and for a person. */
export const RESERVED_CONNECTIONS = 10;

/** What the broker needs of its heap besides the buffers. */
const BASE_HEAP = 128;

/** Threads, symbols and the JVM's own structures, in mebibytes; the garbage collector takes a twentieth of the heap. */
const NATIVE = 64;

/** The in-memory folder of the certificate. */
export const RUN_FOLDER = 1;

const MEBIBYTE = 1024 * 1024;

/**
 * Derives sizes from memory and processor.
 *
 * Half of the memory is heap, at most 6 GiB, or as much as the user's buffers need; a sixteenth is for direct buffers. Of the
 * heap, an eighth is for the log cleaner and a quarter for requests that wait, which Kafka would not limit by itself.
 *
 * @see https://kafka.apache.org/documentation/#java
 * @see https://kafka.apache.org/documentation/#brokerconfigs_queued.max.request.bytes
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const half = clamp(Math.floor(memory / 2), 1, MOST_HEAP);
  const dedupeBuffer = own(request.settings, 'log.cleaner.dedupe.buffer.size') ?? clamp(Math.floor(half / 8), 16, 128);
  const queuedRequests = own(request.settings, 'queued.max.request.bytes') ?? clamp(Math.floor(half / 4), 16, 512);
  const cores = Math.ceil(request.cores);
  return {
    heap: Math.max(half, Math.ceil(BASE_HEAP + dedupeBuffer + queuedRequests)),
    directMemory: clamp(Math.floor(memory / 16), 64, 512),
    dedupeBuffer,
    queuedRequests,
    connections: request.connections ?? clamp(Math.floor(memory / 10), 50, 1000),
    networkThreads: clamp(cores, 2, 16),
    ioThreads: clamp(2 * cores, 4, 64),
    recoveryThreads: clamp(cores, 2, 16),
  };
}

/** What the server may use in the worst case, in mebibytes: each connection has a buffer of the kernel for each direction. */
export function memorySum(request: MemberRequest): number {
  const { connections, directMemory, heap } = deriveSizing(request);
  const buffers = ['socket.receive.buffer.bytes', 'socket.send.buffer.bytes']
    .reduce((sum, name) => sum + (own(request.settings, name) ?? 102_400 / MEBIBYTE), 0);
  const sockets = (connections + RESERVED_CONNECTIONS) * buffers;
  return heap + directMemory + METASPACE + CODE_CACHE + NATIVE + heap / 20 + sockets + RUN_FOLDER;
}

/** A number of bytes that the user set, in mebibytes. */
function own(settings: StringMap, name: string): number | undefined {
  const value = settings[name];
  return value === undefined ? undefined : Number(value) / MEBIBYTE;
}
