import { Problem, quote } from '../../core/problems';
import { Releases, imageOf as pinnedImage } from '../../core/releases';

const LICENCE = 'the columnstore (compression), continuous aggregates, policies, jobs and gap filling are under the Timescale License, which forbids '
  + 'to offer them to others as a database service; the tags that end in "-oss", or timescaledb.license = apache, are free of them';

/**
 * The official image by the majors of PostgreSQL, with TimescaleDB 2.30. TimescaleDB may leave a major before PostgreSQL does.
 *
 * @see https://www.postgresql.org/support/versioning/
 * @see https://github.com/timescale/timescaledb/releases
 * @see https://github.com/timescale/timescaledb/blob/main/tsl/LICENSE-TIMESCALE
 */
export const TIMESCALEDB: Releases = {
  product: 'TimescaleDB on PostgreSQL',
  engine: 'timescaledb',
  factory: 'TimescaleDb',
  repository: 'docker.io/timescale/timescaledb',
  series: {
    16: { patch: '2.30.2-pg16', endOfSupport: '2028-11-09', licence: LICENCE },
    17: { patch: '2.30.2-pg17', endOfSupport: '2029-11-08', licence: LICENCE },
    18: { patch: '2.30.2-pg18', endOfSupport: '2030-11-14', licence: LICENCE },
  },
};

/** The first minor release of TimescaleDB 2 that runs on a major. */
const FIRST_MINOR: { readonly [major: string]: number } = { 16: 13, 17: 17, 18: 23 };

/**
 * The uid and gid that own the data in the official image, which is made from the Alpine variant of PostgreSQL's.
 *
 * @see https://github.com/timescale/timescaledb-docker/blob/main/Dockerfile
 * @see https://github.com/docker-library/postgres/blob/master/Dockerfile-alpine.template
 */
export const OWNER = { user: 70, group: 70 } as const;

/** The pinned image: of a major, or of a tag. */
export function imageOf(version: string): string {
  return pinnedImage(TIMESCALEDB, version);
}

/** The major of PostgreSQL: `17` of `2.30.2-pg17`. */
export function majorOf(version: string): number {
  return Number(tag(version)?.[2] ?? version);
}

/** Whether the image has nothing that is under the Timescale License. */
export function isApache(version: string): boolean {
  return version.endsWith('-oss');
}

/** Refuses what is neither a major nor a tag of a supported one. */
export function checkVersion(version: string): Problem[] {
  const [, minor, major] = tag(version) ?? [];
  const known = Object.keys(TIMESCALEDB.series);
  if (known.includes(version) || Number(minor) >= (FIRST_MINOR[major ?? ''] ?? Infinity)) { return []; }
  return [{ path: 'engine', got: `TimescaleDb.of(${quote(version)})`, want: `a major of PostgreSQL, ${known.join(', ')}, or a tag such as "2.30.2-pg17"` }];
}

function tag(version: string): RegExpExecArray | null {
  return /^2\.(\d{1,2})\.\d{1,3}-pg(16|17|18)(?:-oss)?$/.exec(version);
}
