import { Releases, seriesOf } from '../../core/releases';

/**
 * The series of the official image that are supported. The project keeps two at a time, and ends the older one half a year after
 * a new one; it has named no day for these.
 *
 * @see https://zookeeper.apache.org/releases.html
 * @see https://github.com/31z4/zookeeper-docker
 */
export const ZOOKEEPER: Releases = {
  product: 'ZooKeeper',
  engine: 'zookeeper',
  factory: 'ZooKeeper',
  repository: 'docker.io/library/zookeeper',
  series: {
    3.8: { patch: '3.8.7' },
    3.9: { patch: '3.9.6' },
  },
};

/** The uid and gid of `zookeeper` in the image. */
export const OWNER = { user: 1000, group: 1000 } as const;

/** The series of a version: `3.9` of `3.9.6`. */
export function seriesName(version: string): string {
  return seriesOf(ZOOKEEPER, version) ?? version;
}
