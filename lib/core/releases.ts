import { Problem, quote } from './problems';
import type { Warning } from './warnings';

/** The day on which the dates of all engines were compared; no clock is read at synth, or the same input would give other output. */
export const AS_OF = '2026-11-21';

/** What is known of one supported series of a server: a major, or what its project calls so. */
export interface Release {
  /** The patch release that its factory runs: the newest one when this library was released. */
  readonly patch: string;
  /** The day of its last release by the project; none where the project names no day. */
  readonly endOfSupport?: string;
  /** A licence that its users should know of: one that is not open source, or that asks something of those who offer the server to others. */
  readonly licence?: string;
}

/** What is known of a server: data, from which versions are checked, images are named and warnings are made. */
export interface Releases {
  /** The server as its makers write it: `MariaDB`. */
  readonly product: string;
  /** The engine's name, with which the codes of its warnings begin. */
  readonly engine: string;
  /** The class in `lib`, as messages name it: `MariaDb`. */
  readonly factory: string;
  /** The repository of the official image. */
  readonly repository: string;
  /**
   * The variant of the image that is run, as its tags end: `alpine`.
   *
   * @default - the one without such an ending
   */
  readonly variant?: string;
  /** The series, by the versions that name them: `17`, or `11.8`. */
  readonly series: { readonly [version: string]: Release };
  /** Why nobody should begin with it, if so: `its last release was in 2023-10; Valkey reads its files`. */
  readonly unmaintained?: string;
}

/**
 * The series that a version belongs to: `11.8` of `11.8.3`.
 *
 * A version is a series, or has all the parts of a patch release: the image of what lies between, such as `8.1` of `8.1.3`, is another one on every node
 * that pulls it later.
 */
export function seriesOf(releases: Releases, version: string): string | undefined {
  // No number of a release begins with a zero: `17.05` is the name of no image.
  if (!/^\d{1,4}(?:\.(?:0|[1-9]\d{0,4})){0,3}$/.test(version)) { return undefined; }
  return Object.entries(releases.series)
    .find(([series, { patch }]) => version === series || (version.startsWith(`${series}.`) && version.split('.').length === patch.split('.').length))?.[0];
}

/** Refuses a version that is not of a supported series. */
export function checkVersion(releases: Releases, version: string): Problem[] {
  if (seriesOf(releases, version) !== undefined) { return []; }
  const all = listOf(releases);
  const newest = releases.series[all[all.length - 1] as string] as Release;
  return [{ path: 'engine', got: `${releases.factory}.of(${quote(version)})`, want: `${all.join(', ')}, or a patch release of them, such as "${newest.patch}"` }];
}

/** The pinned image of a version: a series runs its newest patch release. */
export function imageOf(releases: Releases, version: string): string {
  const tag = releases.series[version]?.patch ?? version;
  const ending = releases.variant === undefined || tag.endsWith(`-${releases.variant}`) ? '' : `-${releases.variant}`;
  return `${releases.repository}:${tag}${ending}`;
}

/** What a user of this version should know: that it gets no fixes, what its licence asks, that nobody keeps it. */
export function releaseWarnings(releases: Releases, version: string): Warning[] {
  const { engine, product, unmaintained } = releases;
  const series = seriesOf(releases, version);
  const release = series === undefined ? undefined : releases.series[series];
  const ended = release?.endOfSupport !== undefined && release.endOfSupport <= AS_OF;
  return [
    ...(ended ? [{ code: `${engine}-end-of-life`, message: `${product} ${series} gets no fixes since ${release.endOfSupport}; move to a later version` }] : []),
    ...(release?.licence === undefined ? [] : [{ code: `${engine}-licence`, message: `${product} ${series}: ${release.licence}` }]),
    ...(unmaintained === undefined ? [] : [{ code: `${engine}-unmaintained`, message: `${product} is not maintained: ${unmaintained}` }]),
  ];
}

// JavaScript sorts keys that look like whole numbers before all others.
function listOf(releases: Releases): string[] {
  return Object.keys(releases.series).sort((one, other) => ordinal(one) - ordinal(other));
}

function ordinal(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}
