import type { Releases } from '../../core/releases';

/**
 * The series of the official image that are supported. A series is kept until three later ones are released; the project names no day.
 *
 * @see https://cassandra.apache.org/_/download.html
 * @see https://github.com/docker-library/cassandra
 */
export const CASSANDRA: Releases = {
  product: 'Cassandra',
  engine: 'cassandra',
  factory: 'Cassandra',
  repository: 'docker.io/library/cassandra',
  series: {
    4.1: { patch: '4.1.11' },
    5: { patch: '5.0.8' },
  },
};

/** The uid and gid of `cassandra` in the image. */
export const OWNER = { user: 999, group: 999 } as const;
