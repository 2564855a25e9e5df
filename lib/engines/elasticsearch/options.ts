import type { Size } from 'cdk8s';

/** What only Elasticsearch has. */
export interface ElasticsearchOptions {
  /**
   * The heap of the server. The rest of the memory is for what lies outside of it, and for the cache of the files.
   *
   * @default - half the memory, at most 31 GiB, and less where the sum would not fit
   */
  readonly heap?: Size;
}
