import type { Releases } from '../../core/releases';

/**
 * The one series; nobody maintains it.
 *
 * @see https://github.com/Snapchat/KeyDB/issues/895
 * @see https://github.com/Snapchat/KeyDB/issues/923
 */
export const KEYDB: Releases = {
  product: 'KeyDB',
  engine: 'keydb',
  factory: 'KeyDb',
  repository: 'docker.io/eqalpha/keydb',
  series: { 6: { patch: '6.3.4' } },
  unmaintained: 'its last release was in 2023-10, and its author has left it; begin with Valkey',
};
