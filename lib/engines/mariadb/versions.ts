import type { Releases } from '../../core/releases';

/**
 * The series of the official image with long-term support; the others are supported only until the next one.
 *
 * @see https://mariadb.org/about/#maintenance-policy
 */
export const MARIADB: Releases = {
  product: 'MariaDB',
  engine: 'mariadb',
  factory: 'MariaDb',
  repository: 'docker.io/library/mariadb',
  series: {
    10.11: { patch: '10.11.19', endOfSupport: '2028-02-16' },
    11.4: { patch: '11.4.13', endOfSupport: '2029-05-29' },
    11.8: { patch: '11.8.9', endOfSupport: '2028-06-04' },
    12.3: { patch: '12.3.3', endOfSupport: '2029-06-30' },
  },
};
