import { Size } from 'cdk8s';
import type { DumpPlan } from '../../core/dump-plan';
import { backupScripts, readScripts } from '../../core/scripts';
import type { Flavour } from './flavour';
import { checker, client } from './member';
import type { UserSpec } from './users';
import { OWNER } from './versions';

/** What the tools may use: the checker unpacks one value at a time. */
const MEMORY = Size.mebibytes(512);

/** How a snapshot is read out of a server: as it would be by a replica. */
export function dumpPlan(format: string, flavour: Flavour, image: string, series: string, backupUsers: UserSpec[]): DumpPlan {
  const [reader] = backupUsers;
  return {
    format,
    ...(reader === undefined ? {} : { login: { username: reader.name, passwordKey: reader.passwordKey } }),
    image,
    ...OWNER,
    environment: { CHECKER: checker(flavour), CLIENT: client(flavour), DB_VERSION: series, PRODUCT: flavour.releases.product },
    // What is asked of a restored server is asked as its probes do.
    scripts: { ...backupScripts(__dirname), 'session.sh': readScripts(__dirname)['session.sh'] as string },
    memory: MEMORY,
    cpuMillis: 250,
  };
}
