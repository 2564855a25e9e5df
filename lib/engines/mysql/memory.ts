import type { StringMap } from '../../core/strings';

/** What a server takes of the memory, in mebibytes. */
export interface MemoryModel {
  /** The least with which it works. */
  readonly least: number;
  /** The program, its threads and its caches, before any pool: measured after the first start, and rounded up. */
  readonly base: number;
  /** What the statistics of performance_schema may grow to. */
  readonly statistics: number;
  /** What a connection takes beside its buffers. */
  readonly session: number;
  /** The buffers of a connection and what the product has by default for them. */
  readonly sessionBuffers: StringMap;
  /** Whether temporary tables of all connections share one limit (`temptable_max_ram`), or each table has its own. */
  readonly sharesTemporary: boolean;
  /** The step in which the buffer pool is set, in mebibytes. */
  readonly poolStep: number;
}

/** The buffer pool is larger by what the server keeps of each page beside it. */
const POOL_OVERHEAD = 1.08;

const UNITS: StringMap = { '': '0', 'K': '1', 'M': '2', 'G': '3', 'T': '4' };

/** A size as the servers' settings have it, in mebibytes. */
export function mebibytesOf(value: string): number {
  const match = /^(\d+)([KMGT]?)$/i.exec(value);
  return match === null ? Number.NaN : Number(match[1]) * 1024 ** (Number(UNITS[(match[2] ?? '').toUpperCase()]) - 2);
}

/** What is taken whatever the connections do, but for temporary tables. */
export function fixedMemory(settings: StringMap, model: MemoryModel): number {
  const caches = ['innodb_log_buffer_size', 'key_buffer_size', 'aria_pagecache_buffer_size'].map(name => mebibytesOf(settings[name] ?? '0'));
  const statistics = /^(?:on|1|true)$/i.test(settings.performance_schema ?? '') ? model.statistics : 0;
  return Math.ceil(mebibytesOf(settings.innodb_buffer_pool_size as string) * POOL_OVERHEAD) + sum(caches) + statistics + model.base;
}

/** What all connections take in the worst case, but for temporary tables. */
export function sessionMemory(settings: StringMap, model: MemoryModel): number {
  const buffers = Object.entries(model.sessionBuffers).map(([name, value]) => mebibytesOf(settings[name] ?? value));
  return Number(settings.max_connections) * (model.session + sum(buffers));
}

/** What temporary tables in memory take in the worst case, one for each connection where they share no limit. */
export function temporaryMemory(settings: StringMap, model: MemoryModel): number {
  if (model.sharesTemporary) { return mebibytesOf(settings.temptable_max_ram as string); }
  return Number(settings.max_connections) * mebibytesOf(settings.tmp_table_size as string);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
