import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';

/** Sizes in mebibytes and counts, all derived from the request. */
export interface Sizing {
  readonly connections: number;
  readonly maxConnections: number;
  readonly sharedBuffers: number;
  readonly effectiveCacheSize: number;
  readonly maintenanceWorkMem: number;
  readonly workMemKibibytes: number;
  readonly parallelWorkers: number;
  readonly parallelWorkersPerGather: number;
  readonly maxWalSize: number;
  readonly minWalSize: number;
  readonly slotWalKeep: number;
}

/** The least memory with which the formulae leave every process something to work with. */
export const LEAST_MEMORY = Size.mebibytes(512);

/** The most memory for which all derived settings are within the server's own bounds. */
export const MOST_MEMORY = Size.tebibytes(16);

/** The server's own bound of `max_parallel_workers`. */
const MOST_WORKERS = 1024;

/** Connections that only superusers get, so that the companion, an exporter or a person can always come in. */
export const RESERVED_CONNECTIONS = 5;

/** Hash tables may take this many times `work_mem`: the server's own default from 15 on. */
export const HASH_MULTIPLIER = 2;

/** Autovacuum's workers (the server's default), and one person who maintains something. */
export const MAINTENANCE_PROCESSES = 4;

/**
 * What one server process takes before it works: between the 2 MiB of an idle one and the 10 MiB of one with full caches.
 *
 * @see https://blog.anarazel.de/2020/10/07/measuring-the-memory-overhead-of-a-postgres-connection/
 */
export const PROCESS_MEBIBYTES = 5;

/** Postmaster, checkpointer, writers, launchers, and the pages of what runs in the container beside them. */
export const BASE_MEBIBYTES = 64;

/**
 * Derives sizes from memory, processor and storage.
 *
 * Of the memory, a quarter is the buffer cache (15 % below 1 GiB), 15 % is for maintenance, every process gets its share, and
 * what is left is divided among all sessions that may sort and hash at a time, so that the sum never exceeds the limit.
 * The effective cache size, which allocates nothing, is 60 %.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config-resource.html
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const connections = request.connections ?? clamp(Math.floor(memory / 20), 20, 100);
  const maxConnections = connections + RESERVED_CONNECTIONS;
  const parallelWorkers = Math.min(Math.ceil(request.cores), MOST_WORKERS);
  const sharedBuffers = Math.floor(memory * (memory < 1024 ? 0.15 : 0.25));
  const maintenanceWorkMem = clamp(Math.floor(memory * 0.15 / MAINTENANCE_PROCESSES), 16, 1024);
  const processes = maxConnections + parallelWorkers;
  const rest = memory - sharedMemory(sharedBuffers) - MAINTENANCE_PROCESSES * maintenanceWorkMem
    - processes * PROCESS_MEBIBYTES - BASE_MEBIBYTES;
  return {
    connections, maxConnections, sharedBuffers, maintenanceWorkMem, parallelWorkers,
    effectiveCacheSize: Math.floor(memory * 0.6),
    workMemKibibytes: clamp(Math.floor(rest * 1024 / processes / HASH_MULTIPLIER), 1024, 1024 * 1024),
    parallelWorkersPerGather: clamp(Math.floor(request.cores / 2), 0, 4),
    ...deriveWal(request),
  };
}

/** The buffer cache with what the server keeps for it and beside it: WAL buffers, locks, hash tables. */
export function sharedMemory(sharedBuffers: number): number {
  return Math.ceil(sharedBuffers * 1.05) + 16;
}

// On a volume of its own the log may fill half of it, beside the data a tenth; never over 8 GiB, which a crash recovery has
// to replay. Slots may hold as much again, so that a forgotten one cannot fill the disk.
function deriveWal(request: MemberRequest): Pick<Sizing, 'maxWalSize' | 'minWalSize' | 'slotWalKeep'> {
  const own = request.walSize !== undefined;
  const volume = mebibytes(request.walSize ?? request.dataSize);
  const maxWalSize = clamp(Math.floor(volume * (own ? 0.5 : 0.1)), 128, 8192);
  return {
    maxWalSize,
    minWalSize: clamp(Math.floor(maxWalSize / 4), 80, 1024),
    slotWalKeep: Math.max(Math.floor(volume * (own ? 0.3 : 0.2)), 128),
  };
}
