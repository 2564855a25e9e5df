import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly connections: number;
  readonly maxClients: number;
  readonly maxMemory: number;
  readonly clientMemory: number;
  readonly threads: number;
}

/** The least memory with which there is room for data beside the server itself. */
export const LEAST_MEMORY = Size.mebibytes(128);

/** The most memory for which the formulae are meant: a server that forks should not be larger. */
export const MOST_MEMORY = Size.tebibytes(1);

/** The fewest and the most connections; the server's own bound is the number of open files. */
export const LEAST_CONNECTIONS = 5;
export const MOST_CONNECTIONS = 50_000;

/** Connections beside those of the clients: probes, the companion, an exporter, a person. */
export const RESERVED_CONNECTIONS = 16;

/** The program, its libraries and tables, the buffers of the append-only file, and what runs in the container beside it. */
const BASE_MEBIBYTES = 40;

/** What a connection may keep in its buffers: of ordinary requests and answers, twice the 64 KiB that the largest of them should have. */
const CONNECTION_MEBIBYTES = 0.125;

/** What the allocator loses between values of different sizes: a tenth. Counted in tenths, because binary fractions have none. */
const FRAGMENTATION = 11;

/** The part of the data that is written anew while a rewrite of the append-only file has the memory of its start: half, of which the kernel keeps both. */
const COPY_ON_WRITE = 5;

/**
 * Derives sizes from memory and processor.
 *
 * The data may fill `maxmemory`; then come the buffers of the clients, what the allocator loses, and the copies of what is
 * written while a child process rewrites the append-only file. All of it together stays below the limit. What the user sets counts
 * instead of what is derived.
 *
 * @see https://valkey.io/topics/memory-optimization
 * @see https://valkey.io/topics/clients
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const connections = request.connections ?? clamp(Math.floor(memory / 4), 50, 4000);
  const clientMemory = mebibytesOf(request.settings['maxmemory-clients'], memory)
    ?? Math.max(Math.floor(memory / 10), Math.ceil(connections * CONNECTION_MEBIBYTES));
  const left = ((memory - BASE_MEBIBYTES) * 10 - clientMemory * FRAGMENTATION) / (FRAGMENTATION + COPY_ON_WRITE);
  return {
    connections,
    clientMemory,
    maxClients: connections + RESERVED_CONNECTIONS,
    maxMemory: mebibytesOf(request.settings.maxmemory, memory) ?? Math.max(Math.floor(left), 16),
    threads: clamp(Math.floor(request.cores) - 1, 1, 8),
  };
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest): number {
  const { clientMemory, maxMemory } = deriveSizing(request);
  return BASE_MEBIBYTES + (clientMemory * FRAGMENTATION + maxMemory * (FRAGMENTATION + COPY_ON_WRITE)) / 10;
}

const UNITS: { readonly [unit: string]: number } = { '': 1, 'b': 1, 'k': 1e3, 'kb': 2 ** 10, 'm': 1e6, 'mb': 2 ** 20, 'g': 1e9, 'gb': 2 ** 30 };

/** A size as the server reads it, in mebibytes; a percentage is one of the maximum that the server was given, taken of the whole. */
export function mebibytesOf(value: string | undefined, whole: number): number | undefined {
  const [, amount, unit = ''] = /^(\d+)([a-z]*|%)$/i.exec(value ?? '') ?? [];
  if (amount === undefined) { return undefined; }
  if (unit === '%') { return Math.ceil(whole * Number(amount) / 100); }
  const factor = UNITS[unit.toLowerCase()];
  return factor === undefined ? undefined : Number(amount) * factor / 2 ** 20;
}
