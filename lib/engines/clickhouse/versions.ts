import { Releases } from '../../core/releases';

/**
 * The releases with long-term support, March's and August's, each for about a year; the project names no day.
 *
 * @see https://github.com/ClickHouse/ClickHouse/blob/master/SECURITY.md
 * @see https://github.com/ClickHouse/ClickHouse/releases
 */
export const CLICKHOUSE: Releases = {
  product: 'ClickHouse',
  engine: 'clickhouse',
  factory: 'ClickHouse',
  repository: 'docker.io/clickhouse/clickhouse-server',
  series: {
    26.3: { patch: '26.3.44.2' },
    26.8: { patch: '26.8.20.9' },
  },
};

/**
 * The uid and gid that own the data in the image, in its Ubuntu and in its Alpine variant.
 *
 * @see https://github.com/ClickHouse/ClickHouse/blob/master/docker/server/Dockerfile.ubuntu
 */
export const OWNER = { user: 101, group: 101 } as const;
