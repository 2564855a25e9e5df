import { Problem, quote } from './problems';

const OLDEST = 27;
const NEWEST = 36;

/**
 * The oldest Kubernetes version that the manifests have to work on: from 1.27 to 1.36.
 *
 * A field or value that this version lacks is not written.
 */
export class KubernetesVersion {
  /** The oldest supported version: what is rendered for it works on every later one. */
  public static readonly OLDEST = new KubernetesVersion(`1.${OLDEST}`);

  /** A minor version, such as `1.31`. */
  public static of(version: string): KubernetesVersion { return new KubernetesVersion(version); }

  private constructor(public readonly version: string) {}

  /** Whether this is the given minor version of Kubernetes 1 or a later one. */
  public atLeast(minor: number): boolean { return minorOf(this.version) >= minor; }
}

/** Refuses what is no version in the tested range. */
export function checkKubernetesVersion(path: string, value: KubernetesVersion): Problem[] {
  const minor = minorOf(value.version);
  if (minor >= OLDEST && minor <= NEWEST) { return []; }
  return [{ path, got: quote(value.version), want: `a version from 1.${OLDEST} to 1.${NEWEST}, written as "1.31"` }];
}

function minorOf(version: string): number {
  const match = /^1\.(\d{1,3})$/.exec(version);
  return match === null ? Number.NaN : Number(match[1]);
}
