import { Releases, seriesOf } from '../../core/releases';

/**
 * The majors of the official image that are supported.
 *
 * @see https://www.postgresql.org/support/versioning/
 */
export const POSTGRES: Releases = {
  product: 'PostgreSQL',
  engine: 'postgres',
  factory: 'Postgres',
  repository: 'docker.io/library/postgres',
  series: {
    14: { patch: '14.25', endOfSupport: '2026-11-12' },
    15: { patch: '15.20', endOfSupport: '2027-11-11' },
    16: { patch: '16.16', endOfSupport: '2028-11-09' },
    17: { patch: '17.12', endOfSupport: '2029-11-08' },
    18: { patch: '18.6', endOfSupport: '2030-11-14' },
  },
};

/** The uid and gid that own the data in the Debian variant of the image. Alpine has 70, and sorts text differently. */
export const OWNER = { user: 999, group: 999 } as const;

/** The major of a version: `17` of `17.5`. */
export function majorOf(version: string): number {
  return Number(seriesOf(POSTGRES, version));
}
