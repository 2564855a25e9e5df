import type { Releases } from '../../core/releases';

/**
 * The series of the official image that are supported. Passwords come from files since 9.3.2 (questdb/questdb#6719).
 *
 * The project names no end of support for a series: fixes come with its next release.
 *
 * @see https://github.com/questdb/questdb/releases
 */
export const QUESTDB: Releases = {
  product: 'QuestDB',
  engine: 'questdb',
  factory: 'QuestDb',
  repository: 'docker.io/questdb/questdb',
  series: { 9: { patch: '9.4.3' } },
};

/** The first release that reads passwords from files. */
export const LEAST_RELEASE = '9.3.2';

/** The uid and gid of `questdb` in the image. */
export const OWNER = { user: 10001, group: 10001 } as const;

/** Whether a release is older than another one; a series without further parts runs its newest release, and is not. */
export function isOlder(version: string, than: string): boolean {
  const parts = version.split('.').map(Number);
  const others = than.split('.').map(Number);
  const at = parts.findIndex((part, index) => part !== others[index]);
  return at >= 0 && (parts[at] as number) < (others[at] ?? 0);
}
