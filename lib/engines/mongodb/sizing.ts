import { Size } from 'cdk8s';
import type { MemberRequest } from '../../core/member-request';
import { clamp, mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';

/** Sizes and counts, all derived from the request. */
export interface Sizing {
  /** The cache of the storage engine in gibibytes, which the server calls GB. */
  readonly cacheGibibytes: number;
  /** How many connections clients may have. */
  readonly connections: number;
  /** What all index builds may take together, in mebibytes. */
  readonly indexBuilds: number;
  /** The size of the oplog in mebibytes. */
  readonly oplog: number;
}

/** The least memory with which the smallest cache, one query and some connections fit. */
export const LEAST_MEMORY = Size.mebibytes(768);

/** The most memory for which all derived settings are within the server's own bounds. */
export const MOST_MEMORY = Size.tebibytes(16);

/** Connections beside those of the clients: probes, the companion, an exporter, a person. */
export const OWN_CONNECTIONS = 10;

/** The setting of the cache, which counts in the sum. */
export const CACHE_SETTING = 'storage.wiredTiger.engineConfig.cacheSizeGB';
/** The setting of index builds, which counts in the sum. */
export const INDEX_SETTING = 'setParameter.maxIndexBuildMemoryUsageMegabytes';
/** The setting of what one query may sort, which counts in the sum. */
export const QUERY_SETTING = 'setParameter.internalQueryMaxBlockingSortMemoryUsageBytes';

/** The program, its catalogue, its buffers, and what lies in memory beside it. */
const BASE_MEBIBYTES = 200;

/** What one query may take to sort or group before it goes to the disk: the server's own default. */
const QUERY_MEBIBYTES = 100;

/** What the manual counts for a connection. */
const CONNECTION_MEBIBYTES = 1;

/**
 * Derives sizes from memory and storage.
 *
 * The cache is half of what is above one GiB, at least 256 MiB, which is what the server would take of a machine of this size; it is
 * explicit, because a server that overlooks its limit takes it of the whole node. Half of what is left is for connections, the other
 * half for the page cache and for queries. The oplog is a twentieth of the volume, as the server itself would have it, but also on a
 * small volume, of which its least of 990 MB would be too much.
 *
 * @see https://www.mongodb.com/docs/manual/core/wiredtiger/#memory-use
 * @see https://www.mongodb.com/docs/manual/core/replica-set-oplog/#oplog-size
 */
export function deriveSizing(request: MemberRequest): Sizing {
  const memory = mebibytes(request.memory);
  const cacheGibibytes = Math.floor(Math.max(0.25, (memory / 1024 - 1) / 2) * 100) / 100;
  const indexBuilds = clamp(Math.floor(memory * 0.05), 50, 200);
  const rest = memory - fixedMemory(cacheGibibytes, indexBuilds, request.settings);
  return {
    cacheGibibytes,
    indexBuilds,
    connections: request.connections ?? clamp(Math.floor(rest / 2 / CONNECTION_MEBIBYTES), 20, 5000),
    oplog: clamp(Math.floor(mebibytes(request.dataSize) * 0.05), 50, 51_200),
  };
}

/** What the server may use in the worst case with one query that sorts, in mebibytes; the user's settings count. */
export function memorySum(request: MemberRequest): number {
  const { cacheGibibytes, connections, indexBuilds } = deriveSizing(request);
  return fixedMemory(cacheGibibytes, indexBuilds, request.settings) + (connections + OWN_CONNECTIONS) * CONNECTION_MEBIBYTES;
}

function fixedMemory(cacheGibibytes: number, indexBuilds: number, own: StringMap): number {
  const cache = Number(own[CACHE_SETTING] ?? cacheGibibytes) * 1024;
  const query = own[QUERY_SETTING] === undefined ? QUERY_MEBIBYTES : Number(own[QUERY_SETTING]) / 1024 / 1024;
  return BASE_MEBIBYTES + query + cache + Number(own[INDEX_SETTING] ?? indexBuilds);
}
