import { Problem, quote } from '../../core/problems';
import { Releases, seriesOf } from '../../core/releases';
import type { Warning } from '../../core/warnings';

/**
 * The series of the official image that is supported, in its Alpine variant: the plain one has no shell to run a script with.
 *
 * The project names no day on which a release is the last one of its line: there are always two lines, each half a year apart.
 *
 * @see https://docs.nats.io/release-notes/
 * @see https://github.com/nats-io/nats-docker
 */
export const NATS: Releases = {
  product: 'NATS',
  engine: 'nats',
  factory: 'Nats',
  repository: 'docker.io/library/nats',
  variant: 'alpine',
  series: {
    2: { patch: '2.15.1' },
  },
};

/** The image runs its server as root, and prepares no folder for it; any uid will do, and this one is nobody else's. */
export const OWNER = { user: 1000, group: 1000 } as const;

/** The first minor release that can write every message to the disk before it is acknowledged (`sync_interval: always`). */
const LEAST_MINOR = 10;

/** The older one of the two lines that get fixes: 2.14 and 2.15; there was no 2.13. */
const OLDEST_SUPPORTED_MINOR = 14;

/** The series of a version: the version itself, where it is of none. */
export function declaredSeries(version: string): string {
  return seriesOf(NATS, version) ?? version;
}

/** Refuses releases that acknowledge what is not on the disk, whatever they are told. */
export function checkMinor(version: string): Problem[] {
  if (minorOf(version) >= LEAST_MINOR) { return []; }
  return [{ path: 'engine', got: `Nats.of(${quote(version)})`, want: `NATS 2.${LEAST_MINOR} or later`,
    remedy: 'an earlier one acknowledges messages that are not on the disk' }];
}

/** Says that a line gets no fixes. */
export function minorWarnings(version: string): Warning[] {
  const minor = minorOf(version);
  if (seriesOf(NATS, version) === undefined || minor >= OLDEST_SUPPORTED_MINOR) { return []; }
  return [{ code: 'nats-end-of-life', message: `NATS 2.${minor} gets no fixes: the project keeps its two newest lines; move to 2.${OLDEST_SUPPORTED_MINOR} or later` }];
}

/** Says that an image of the project has no shell, without which no script of ours runs. */
export function variantWarnings(image: string | undefined): Warning[] {
  if (image === undefined || !/^(?:docker\.io\/)?(?:library\/)?nats:[\d.]+(?:-scratch)?$/.test(image)) { return []; }
  return [{ code: 'nats-image', message: `the official image has no shell under the tag of ${image}, and cannot start; take the one that ends in "-alpine"` }];
}

// The bare series runs its newest release.
function minorOf(version: string): number {
  return Number((NATS.series[version]?.patch ?? version).split('.')[1]);
}
