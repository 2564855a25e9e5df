import type { Releases } from '../../core/releases';

/**
 * The series of the official image that are supported. The project names no day of a last release.
 *
 * @see https://github.com/docker-library/official-images/blob/master/library/redis
 * @see https://redis.io/legal/licenses
 */
export const REDIS: Releases = {
  product: 'Redis',
  engine: 'redis',
  factory: 'Redis',
  repository: 'docker.io/library/redis',
  series: {
    7.2: { patch: '7.2.15' },
    8: { patch: '8.10.2', licence: 'AGPLv3, RSALv2 or SSPLv1, by choice: each asks something of those who offer it to others; Valkey is BSD' },
  },
};
