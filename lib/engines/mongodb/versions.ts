import type { Problem } from '../../core/problems';
import { quote } from '../../core/problems';
import { checkVersion, Releases, seriesOf } from '../../core/releases';

const LICENCE = 'its licence, the SSPL, is not open source, and asks whoever offers it to others as a service to publish the source of that service';

/**
 * The majors of the official image that are supported.
 *
 * @see https://github.com/docker-library/mongo/blob/master/versions.json
 * @see https://www.mongodb.com/legal/support-policy/lifecycles
 */
export const MONGODB: Releases = {
  product: 'MongoDB',
  engine: 'mongodb',
  factory: 'MongoDb',
  repository: 'docker.io/library/mongo',
  series: {
    7: { patch: '7.0.37', endOfSupport: '2027-08-31', licence: LICENCE },
    8: { patch: '8.0.26', endOfSupport: '2029-10-31', licence: LICENCE },
  },
};

/** The uid and gid that own the data in the image. */
export const OWNER = { user: 999, group: 999 } as const;

/** The major of a version: `8` of `8.0.26`. */
export function majorOf(version: string): number {
  return Number(seriesOf(MONGODB, version));
}

/** Refuses what is not supported, such as the minor releases between two majors, which get fixes for a few months only. */
export function checkRelease(version: string): Problem[] {
  const problems = checkVersion(MONGODB, version);
  const [major, minor] = version.split('.');
  if (problems.length > 0 || minor === undefined || minor === '0') { return problems; }
  return [{ path: 'engine', got: `MongoDb.of(${quote(version)})`, want: `a release of ${major}.0`,
    remedy: 'a minor release gets fixes for some months only, and its data can never go back' }];
}
