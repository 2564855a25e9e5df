import type { Size } from 'cdk8s';
import type { OpenSearchSecurity } from './security';

/** What only OpenSearch has. */
export interface OpenSearchOptions {
  /**
   * Whether users have to say who they are.
   *
   * @default OpenSearchSecurity.enabled()
   */
  readonly security?: OpenSearchSecurity;
  /**
   * The heap of the server. The rest of the memory is for what lies outside of it, and for the cache of the files.
   *
   * @default - half the memory, at most 31 GiB, and less where the sum would not fit
   */
  readonly heap?: Size;
  /**
   * Memory outside of the heap for the vectors of the k-NN plugin (`knn.memory.circuit_breaker.limit`).
   *
   * @default - a tenth of the memory
   */
  readonly vectorMemory?: Size;
}
