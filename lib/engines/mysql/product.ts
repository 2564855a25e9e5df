import type { MemberRequest } from '../../core/member-request';
import type { Releases } from '../../core/releases';
import type { StringMap } from '../../core/strings';
import type { MemoryModel } from './memory';

/** In what MySQL and MariaDB differ, as far as this library is concerned. */
export interface Product {
  /** The versions. */
  readonly releases: Releases;
  /** What the server takes of the memory. */
  readonly memory: MemoryModel;
  /** Fixed settings that only this product has. */
  readonly fixed: (series: string) => StringMap;
  /** Settings that only this product has, derived from the request. */
  readonly derived: (request: MemberRequest, series: string, figures: Figures) => StringMap;
}

/** What is derived in the same way for both, in mebibytes. */
export interface Figures {
  /** The buffer pool. */
  readonly pool: number;
  /** The most connections. */
  readonly connections: number;
  /** What temporary tables in memory may take together. */
  readonly temporary: number;
  /** The log of changes that a crash recovery replays. */
  readonly redo: number;
  /** What temporary files may take of the volume. */
  readonly temporaryDisk: number;
  /** What the binary log may take of the volume. */
  readonly binaryLog: number;
}
