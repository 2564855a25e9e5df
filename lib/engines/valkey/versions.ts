import type { Releases } from '../../core/releases';

/**
 * The majors of the official image that are supported; each runs its newest minor version.
 *
 * The project keeps a minor version for three years, and the last one of a major for five; of 9 the last is not known yet.
 *
 * @see https://valkey.io/topics/releases
 */
export const VALKEY: Releases = {
  product: 'Valkey',
  engine: 'valkey',
  factory: 'Valkey',
  repository: 'docker.io/valkey/valkey',
  series: {
    8: { patch: '8.1.11', endOfSupport: '2030-03-31' },
    9: { patch: '9.1.3' },
  },
};

/** The uid and gid that own the data in the Debian variant of the images. Alpine has the group 1000, and no bash. */
export const OWNER = { user: 999, group: 999 } as const;
