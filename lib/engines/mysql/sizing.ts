import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';
import { fixedMemory, sessionMemory, temporaryMemory } from './memory';
import type { Figures, Product } from './product';

/** The most memory for which the derived settings are within the servers' own bounds. */
export const MOST_MEMORY = Size.tebibytes(8);

/** Below this, the statistics of the server are off: they would take a large part of the memory. */
const STATISTICS_FROM = 2048;

/** Which part of the memory is the buffer pool, by what the memory is at least. The rest has a size of its own, whatever the memory. */
const POOL_SHARES: readonly (readonly [atLeast: number, share: number])[] = [[8192, 0.6], [2048, 0.5], [1024, 0.4], [0, 0.3]];

/** The settings of the memory, without the user's own. */
export function memorySettings(request: MemberRequest, product: Product): StringMap {
  const memory = mebibytes(request.memory);
  const { memory: model } = product;
  const share = POOL_SHARES.find(([atLeast]) => memory >= atLeast)?.[1] ?? 0;
  const step = memory * share >= 1024 ? model.poolStep : 32;
  const settings: StringMap = {
    innodb_buffer_pool_size: `${Math.floor(memory * share / step) * step}M`,
    innodb_log_buffer_size: '16M',
    key_buffer_size: '8M',
    max_connections: `${request.connections ?? clamp(Math.floor(memory / 12), 20, 150)}`,
    performance_schema: memory >= STATISTICS_FROM && model.sharesTemporary ? 'ON' : 'OFF',
    ...model.sharesTemporary ? {} : { aria_pagecache_buffer_size: `${clamp(Math.floor(memory / 32), 8, 128)}M` },
    ...model.sessionBuffers,
  };
  return { ...settings, ...temporarySettings(memory, { ...settings, ...request.settings }, product) };
}

/** What the server may use in the worst case, in mebibytes. */
export function memorySum(request: MemberRequest, product: Product): number {
  const settings = { ...memorySettings(request, product), ...request.settings };
  const { memory: model } = product;
  return fixedMemory(settings, model) + sessionMemory(settings, model) + temporaryMemory(settings, model);
}

/**
 * What follows from the volume. In powers of two, so that a volume that grows seldom changes them: each change is a restart.
 *
 * The redo log is a tenth of the volume, never over 8 GiB, which a crash recovery has to replay.
 */
export function figures(request: MemberRequest, settings: StringMap): Figures {
  const volume = mebibytes(request.dataSize);
  return {
    pool: Number.parseInt(settings.innodb_buffer_pool_size as string, 10),
    redo: clamp(powerOfTwo(volume * 0.1), 64, 8192),
    temporaryDisk: Math.max(powerOfTwo(volume * 0.2), 256),
    binaryLog: Math.max(powerOfTwo(volume * 0.2), 256),
  };
}

// What is left is for temporary tables in memory, which go to the disk when they grow over it.
function temporarySettings(memory: number, settings: StringMap, product: Product): StringMap {
  const { memory: model } = product;
  const left = memory - fixedMemory(settings, model) - sessionMemory(settings, model);
  if (!model.sharesTemporary) {
    const each = clamp(Math.floor(left / Number(settings.max_connections)), 1, 64);
    return { max_heap_table_size: `${each}M`, tmp_table_size: `${each}M` };
  }
  const all = clamp(Math.floor(left), 16, Math.max(Math.floor(memory / 8), 16));
  return { temptable_max_mmap: '0', temptable_max_ram: `${all}M`, tmp_table_size: `${Math.min(all, 64)}M` };
}

function powerOfTwo(value: number): number {
  return 2 ** Math.floor(Math.log2(Math.max(value, 1)));
}
