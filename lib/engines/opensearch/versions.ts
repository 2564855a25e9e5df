import type { Releases } from '../../core/releases';

/**
 * The series of the official image that are supported. OpenSearch 2 gets fixes until 4.0 is released, for which there is no day.
 *
 * @see https://opensearch.org/releases/
 */
export const OPENSEARCH: Releases = {
  product: 'OpenSearch',
  engine: 'opensearch',
  factory: 'OpenSearch',
  repository: 'docker.io/opensearchproject/opensearch',
  series: {
    2: { patch: '2.19.7' },
    3: { patch: '3.9.0' },
  },
};
