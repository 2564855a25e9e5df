import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';

/** Sizes in mebibytes and counts, all derived from the request; what the user sets counts instead. */
export interface Sizing {
  readonly connections: number;
  readonly serverMemory: number;
  readonly queryMemory: number;
  readonly markCache: number;
  readonly indexCache: number;
  readonly primaryIndexCache: number;
  readonly vectorCache: number;
  readonly queryCache: number;
  readonly uncompressedCache: number;
  readonly pool: number;
  readonly freeToMutate: number;
  readonly freeToMergeLarge: number;
  readonly freeToOptimize: number;
}

/** The least memory with which the server, whose program alone is half a gibibyte, has room for a merge and a query. */
export const LEAST_MEMORY = Size.gibibytes(2);

/** The most memory for which the formulae are right. */
export const MOST_MEMORY = Size.tebibytes(4);

/** Merges and mutations at a time for each thread of the pool: the server's own default. */
const CONCURRENCY = 2;

/** What a connection takes: its thread, and a buffer of a mebibyte for each direction. */
const CONNECTION_MEBIBYTES = 2;

/** What a merge takes: buffers of a mebibyte for the columns of what it reads and writes. */
const MERGE_MEBIBYTES = 64;

/** What a query has to have, for the server to be of use. */
const LEAST_QUERY_MEBIBYTES = 256;

/**
 * Derives sizes from memory and processor.
 *
 * The server refuses allocations over 80 % of the memory; the rest is for its program, threads, and what it cannot count. Of
 * these 80 %, the caches that count have a third, and one query at most half; all others are bounded by a tenth of the memory
 * each, and stay empty where nobody uses what they are for. The pool of merges has two threads for each core and one for each 512 MiB, whichever is less, 4 to 16;
 * thresholds that count its free places keep their proportion to it, or the server would not start.
 *
 * @see https://clickhouse.com/docs/reference/settings/server-settings/settings/max-server-memory-usage
 * @see https://clickhouse.com/docs/operations/settings/merge-tree-settings
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const own = (name: string, derived: number): number => ownMebibytes(request, name) ?? derived;
  const serverMemory = own('max_server_memory_usage', Math.floor(memory * 0.8));
  const pool = ownCount(request, 'background_pool_size') ?? clamp(Math.min(Math.ceil(request.cores * 2), Math.floor(memory / 512)), 4, 16);
  return {
    connections: request.connections ?? clamp(Math.floor(memory / 32), 64, 1024),
    serverMemory,
    queryMemory: own('profile.max_memory_usage', Math.floor(serverMemory / 2)),
    markCache: own('mark_cache_size', Math.min(Math.floor(memory * 0.1), 5120)),
    indexCache: own('index_mark_cache_size', Math.min(Math.floor(memory * 0.05), 5120)),
    primaryIndexCache: own('primary_index_cache_size', Math.min(Math.floor(memory * 0.05), 5120)),
    vectorCache: own('vector_similarity_index_cache_size', Math.min(Math.floor(memory * 0.05), 5120)),
    queryCache: own('query_cache.max_size_in_bytes', Math.min(Math.floor(memory * 0.02), 1024)),
    uncompressedCache: own('uncompressed_cache_size', 0),
    pool,
    freeToMutate: Math.floor(pool * CONCURRENCY * 0.625),
    freeToMergeLarge: Math.floor(pool * CONCURRENCY * 0.25),
    freeToOptimize: Math.floor(pool * CONCURRENCY * 0.78125),
  };
}

/** What the server may use in the worst case, in mebibytes: never less than it allows itself. */
export function memorySum(request: MemberRequest): number {
  const sizing = deriveSizing(request);
  const outside = Math.floor(mebibytes(request.memory) * 0.1) + 64;
  const caches = sizing.markCache + sizing.indexCache + sizing.primaryIndexCache + sizing.vectorCache + sizing.queryCache + sizing.uncompressedCache;
  const working = sizing.connections * CONNECTION_MEBIBYTES + sizing.pool * MERGE_MEBIBYTES + LEAST_QUERY_MEBIBYTES;
  return outside + Math.max(sizing.serverMemory, caches + working);
}

/** The bytes of a setting in mebibytes; nothing where the user did not set it. Anything but a number is refused elsewhere. */
function ownMebibytes(request: MemberRequest, name: string): number | undefined {
  const bytes = ownCount(request, name);
  return bytes === undefined ? undefined : Math.ceil(bytes / 1024 / 1024);
}

function ownCount(request: MemberRequest, name: string): number | undefined {
  const value = request.settings[name];
  return value === undefined ? undefined : Number(value);
}
