import type { Warning } from '../../core/warnings';

/** What is known of one major version. */
export interface MajorVersion {
  /** The patch release that `vN()` runs: the newest one when this library was released. */
  readonly patch: string;
  /** The day of its last release by the project. */
  readonly endOfSupport: string;
}

/** The day on which the dates below were compared; no clock is read at synth, or the same input would give other output. */
const AS_OF = '2026-11-21';

/**
 * The majors of the official image docker.io/library/postgres that are supported.
 *
 * @see https://www.postgresql.org/support/versioning/
 */
export const MAJORS: { readonly [major: string]: MajorVersion } = {
  14: { patch: '14.25', endOfSupport: '2026-11-12' },
  15: { patch: '15.20', endOfSupport: '2027-11-11' },
  16: { patch: '16.16', endOfSupport: '2028-11-09' },
  17: { patch: '17.12', endOfSupport: '2029-11-08' },
  18: { patch: '18.6', endOfSupport: '2030-11-14' },
};

/** The uid and gid that own the data in the Debian variant of the image. Alpine has 70, and sorts text differently. */
export const OWNER = { user: 999, group: 999 } as const;

/** The repository of the official image. */
export const REPOSITORY = 'docker.io/library/postgres';

/** The major of a version: `17` of `17.5`. */
export function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

/** Whether this is a version that can be run: a supported major, alone or with its patch release. */
export function isSupported(version: string): boolean {
  return /^\d{1,2}(?:\.\d{1,3})?$/.test(version) && MAJORS[`${majorOf(version)}`] !== undefined;
}

/** The pinned image of a version. */
export function imageOf(version: string): string {
  return `${REPOSITORY}:${version.includes('.') ? version : (MAJORS[version] as MajorVersion).patch}`;
}

/** A warning for a major that gets no fixes any more. */
export function endOfLife(version: string): Warning[] {
  const end = MAJORS[`${majorOf(version)}`]?.endOfSupport;
  if (end === undefined || end > AS_OF) { return []; }
  return [{ code: 'postgres-end-of-life', message: `PostgreSQL ${majorOf(version)} gets no fixes since ${end}; move to a later major` }];
}
