import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';
import { JOB_WORKERS } from '../postgres/memory';

/** The launcher, and the worker that looks into the database `postgres`. */
const LAUNCHERS = 2;

/**
 * What TimescaleDB adds to the settings.
 *
 * Workers are one for each database, the launchers, and the jobs that run at a time: two for each core and one for each
 * 512 MiB, whichever is less, 2 to 16. Each of them counts in the sum of the memory. Locks follow timescaledb-tune: a
 * statement on a hypertable may lock all of its chunks. Nothing is sent to the makers.
 *
 * @see https://www.tigerdata.com/docs/reference/timescaledb/configuration/tiger-postgres
 * @see https://github.com/timescale/timescaledb-tune/blob/main/pkg/pgtune/misc.go
 */
export function derivedSettings(request: MemberRequest, databases: number): StringMap {
  const memory = mebibytes(request.memory);
  const jobs = clamp(Math.min(Math.ceil(request.cores) * 2, Math.floor(memory / 512)), 2, 16);
  return {
    'max_locks_per_transaction': `${128 * 2 ** clamp(Math.floor(Math.log2(memory / 4096)), 0, 3)}`,
    [JOB_WORKERS]: `${databases + LAUNCHERS + jobs}`,
    'timescaledb.telemetry_level': 'off',
  };
}

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: StringMap = {
  'timescaledb.disable_load': 'without the library no hypertable can be read or written',
  'timescaledb.restoring': 'it belongs to restores',
};
