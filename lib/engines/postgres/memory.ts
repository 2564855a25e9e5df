import type { StringMap } from '../../core/strings';

/** Hash tables may take this many times `work_mem`: the server's own default from 15 on. */
export const HASH_MULTIPLIER = 2;

/** Autovacuum's workers: the server's default. */
export const VACUUM_WORKERS = 3;

/** How many background jobs run at a time, where the server has TimescaleDB's: each may sort, and maintain a chunk. */
export const JOB_WORKERS = 'timescaledb.max_background_workers';

/**
 * What one server process takes before it works: between the 2 MiB of an idle one and the 10 MiB of one with full caches.
 *
 * @see https://blog.anarazel.de/2020/10/07/measuring-the-memory-overhead-of-a-postgres-connection/
 */
const PROCESS_MEBIBYTES = 5;

/** Postmaster, checkpointer, writers, launchers, and the pages of what runs in the container beside them. */
const BASE_MEBIBYTES = 64;

const UNITS: { readonly [unit: string]: number } = { 'B': 1 / 1024 / 1024, 'kB': 1 / 1024, '8kB': 8 / 1024, 'MB': 1, 'GB': 1024, 'TB': 1024 * 1024 };

/** What settings take of the memory in the worst case. */
export interface MemoryUse {
  /** Mebibytes that are taken whatever the sessions do. */
  readonly fixed: number;
  /** How many processes may sort and hash at a time. */
  readonly processes: number;
}

/**
 * Sums up what the settings in effect may take, but for `work_mem`.
 *
 * The buffer cache counts with what the server keeps for it and beside it: WAL buffers, locks, hash tables.
 */
export function memoryUse(settings: StringMap): MemoryUse {
  const jobs = jobWorkers(settings);
  const processes = Number(settings.max_connections) + Number(settings.max_parallel_workers) + jobs;
  const maintenance = mebibytesOf(settings.maintenance_work_mem as string, 'kB');
  const ownVacuum = settings.autovacuum_work_mem ?? '-1';
  const vacuum = ownVacuum === '-1' ? maintenance : mebibytesOf(ownVacuum, 'kB');
  const shared = Math.ceil(mebibytesOf(settings.shared_buffers as string, '8kB') * 1.05) + 16;
  const workers = Number(settings.autovacuum_max_workers ?? VACUUM_WORKERS);
  return { processes, fixed: shared + (1 + jobs) * maintenance + workers * vacuum + processes * PROCESS_MEBIBYTES + BASE_MEBIBYTES };
}

/** How many background jobs there may be beside what PostgreSQL itself starts. */
export function jobWorkers(settings: StringMap): number {
  return Number(settings[JOB_WORKERS] ?? 0);
}

/** What all sessions may take to sort and hash, in mebibytes. */
export function sessionMemory(settings: StringMap): number {
  return memoryUse(settings).processes * mebibytesOf(settings.work_mem as string, 'kB') * HASH_MULTIPLIER;
}

/** A size as postgresql.conf has it, in mebibytes; without a unit it counts in the setting's own. */
export function mebibytesOf(value: string, ownUnit: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(B|kB|MB|GB|TB)?\s*$/.exec(value);
  return match === null ? Number.NaN : Number(match[1]) * (UNITS[match[2] ?? ownUnit] as number);
}
