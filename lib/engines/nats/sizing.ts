import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly connections: number;
  /** What a client may leave unread before it is cut off. */
  readonly pending: number;
  /** What streams that are kept in memory may take in all. */
  readonly memoryStore: number;
  /** What the messages of streams on the disk may take in all. */
  readonly fileStore: number;
  /** What the Go runtime tries to stay below. */
  readonly goMemory: number;
}

/** The least memory with which the formulae leave every client something to work with. */
export const LEAST_MEMORY = Size.mebibytes(256);

/** The most memory for which the derived settings are right. */
export const MOST_MEMORY = Size.tebibytes(1);

/** The server before anybody connects: 15 to 20 MiB, measured with 2.15, and as much for its collector; and the scratch folders. */
const BASE_MEBIBYTES = 48;

/** The part of the memory for what streams on the disk keep in memory: blocks that are written and read, and their indexes. */
const BLOCKS = 0.15;

/** Read and write buffers of a connection grow to 64 KiB. */
const BUFFERS_MEBIBYTES = 1 / 16;

/** The server's own default of `max_payload`. */
const PAYLOAD = '1MB';

/** The server's own default of `max_pending`. */
const MOST_PENDING = 64;

/**
 * Derives sizes from memory and storage.
 *
 * A quarter of the memory is for streams in memory, 15 % for the blocks of streams on the disk, and a tenth for the runtime. What is
 * left is divided among the connections, one for every 16 MiB of memory: it is what all of them may leave unread at a time, so that
 * no crowd of slow clients takes the server with it. What the user sets counts instead of what is derived. Of the volume, messages may take 85 %: their
 * indexes and the space of deleted ones, which is freed later, are beside them.
 *
 * @see https://docs.nats.io/reference/config/jetstream
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const memoryStore = set(request, 'jetstream.max_memory_store') ?? Math.floor(memory / 4);
  const left = memory * (0.9 - BLOCKS) - BASE_MEBIBYTES - memoryStore;
  const payload = Math.ceil(set(request, 'max_payload') ?? sizeOf(PAYLOAD));
  const ownPending = set(request, 'max_pending');
  const most = Math.min(memory / 16, left / ((ownPending ?? payload) + BUFFERS_MEBIBYTES));
  const connections = request.connections ?? clamp(Math.floor(most), 16, 1000);
  return {
    connections,
    pending: ownPending ?? clamp(Math.floor(left / connections - BUFFERS_MEBIBYTES), payload, Math.max(payload, MOST_PENDING)),
    memoryStore,
    fileStore: Math.floor(mebibytes(request.dataSize) * 0.85),
    goMemory: Math.floor(memory * 0.9),
  };
}

/** What the server may use in the worst case, in mebibytes: every client as far behind as it may be, and the streams full. */
export function memorySum(request: MemberRequest): number {
  const { connections, memoryStore, pending } = deriveSizing(request);
  return (BASE_MEBIBYTES + memoryStore + connections * (pending + BUFFERS_MEBIBYTES)) / 0.9 + mebibytes(request.memory) * BLOCKS / 0.9;
}

const UNITS: { readonly [unit: string]: number } = { '': 1, 'K': 1000, 'KB': 2 ** 10, 'M': 1e6, 'MB': 2 ** 20, 'G': 1e9, 'GB': 2 ** 30, 'T': 1e12, 'TB': 2 ** 40 };

/** A size as the server reads it, in mebibytes; not a number, if it is none. */
export function sizeOf(value: string): number {
  const [, amount, unit = ''] = /^(\d{1,15})([KMGT]B?)?$/.exec(value) ?? [];
  return Number(amount) * (UNITS[unit] as number) / 2 ** 20;
}

function set(request: MemberRequest, name: string): number | undefined {
  const value = request.settings[name];
  return value === undefined ? undefined : sizeOf(value);
}
