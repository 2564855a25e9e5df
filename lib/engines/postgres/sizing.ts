import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';
import { HASH_MULTIPLIER, jobWorkers, memoryUse, VACUUM_WORKERS } from './memory';

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

/** Autovacuum's workers, and one person who maintains something. */
const MAINTENANCE_PROCESSES = VACUUM_WORKERS + 1;

/**
 * Derives sizes from memory, processor and storage.
 *
 * Of the memory, a quarter is the buffer cache (15 % below 1 GiB), 15 % is for maintenance, every process gets its share, and
 * what is left is divided among all sessions that may sort and hash at a time, so that the sum never exceeds the limit. What
 * the user sets counts instead of what is derived, so that more for the one is less for the other.
 * The effective cache size, which allocates nothing, is 60 %.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config-resource.html
 */
export function deriveSizing(request: MemberRequest, derived: StringMap = {}): Sizing {
  const given = { ...derived, ...request.settings };
  const memory = mebibytes(request.memory);
  const connections = request.connections ?? clamp(Math.floor(memory / 20), 20, 100);
  const maxConnections = connections + RESERVED_CONNECTIONS;
  const parallelWorkers = Math.min(Math.ceil(request.cores), MOST_WORKERS);
  const sharedBuffers = Math.floor(memory * (memory < 1024 ? 0.15 : 0.25));
  const maintenanceWorkMem = clamp(Math.floor(memory * 0.15 / (MAINTENANCE_PROCESSES + jobWorkers(given))), 16, 1024);
  const { fixed, processes } = memoryUse({
    max_connections: `${maxConnections}`, max_parallel_workers: `${parallelWorkers}`,
    maintenance_work_mem: `${maintenanceWorkMem}MB`, shared_buffers: `${sharedBuffers}MB`, ...given,
  });
  return {
    connections, maxConnections, sharedBuffers, maintenanceWorkMem, parallelWorkers,
    effectiveCacheSize: Math.floor(memory * 0.6),
    workMemKibibytes: clamp(Math.floor((memory - fixed) * 1024 / processes / HASH_MULTIPLIER), 1024, 1024 * 1024),
    parallelWorkersPerGather: clamp(Math.floor(request.cores / 2), 0, 4),
    ...deriveWal(request),
  };
}

// On a volume of its own the log may fill half of it, beside the data a tenth; never over 8 GiB, which a crash recovery has
// to replay. Replication slots hold a part of what is left, so that a forgotten one cannot fill the disk.
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
