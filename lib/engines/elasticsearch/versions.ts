import { Releases, seriesOf } from '../../core/releases';

const LICENCE = 'the images are under the Elastic License 2.0 (the source also under the SSPL and the AGPL): nobody may offer it to others as a managed service';

/**
 * The series of the official image that are supported.
 *
 * @see https://www.elastic.co/support/eol
 * @see https://www.elastic.co/docs/release-notes/elasticsearch
 */
export const ELASTICSEARCH: Releases = {
  product: 'Elasticsearch',
  engine: 'elasticsearch',
  factory: 'Elasticsearch',
  repository: 'docker.elastic.co/elasticsearch/elasticsearch',
  series: {
    8: { patch: '8.19.21', endOfSupport: '2027-07-15', licence: LICENCE },
    9: { patch: '9.5.3', licence: LICENCE },
  },
};

/** The uid and gid of the server's user in the images of both projects. */
export const OWNER = { user: 1000, group: 1000 } as const;

/** The major of a version: `8` of `8.19.21`. */
export function majorOf(releases: Releases, version: string): string {
  return seriesOf(releases, version) ?? version;
}
