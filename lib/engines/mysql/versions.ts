import { Releases } from '../../core/releases';

/**
 * The LTS series of the official image; innovation releases are left out, because each is supported only until the next.
 *
 * Oracle's extended support is meant, with which releases of the community edition have ended so far.
 *
 * @see https://www.oracle.com/us/support/library/lifetime-support-technology-069183.pdf
 * @see https://dev.mysql.com/doc/refman/8.4/en/mysql-releases.html
 */
export const MYSQL: Releases = {
  product: 'MySQL',
  engine: 'mysql',
  factory: 'MySql',
  repository: 'docker.io/library/mysql',
  series: {
    8.4: { patch: '8.4.11', endOfSupport: '2032-04-30' },
    9.7: { patch: '9.7.2', endOfSupport: '2034-04-30' },
  },
};

/** The uid and gid that own the data in the official image. Oracle's own image, from another registry, has 27. */
export const OWNER = { user: 999, group: 999 } as const;
