import type { FetchPlan, MountedSecret } from '../core/fetch-plan';
import { readScripts } from '../core/scripts';
import { sortedEntries, StringMap } from '../core/strings';
import { BackupDestination, DESTINATION_FOLDER } from './destination';
import type { BackupEncryption } from './encryption';

/**
 * The image that moves files: rclone's own.
 *
 * rclone and not restic: a backup stays a file that every tool can read, listed by a manifest, in the same way in every kind of
 * store; restic's repository has to be read by restic, and what it is best at, leaving out what was stored before, finds little
 * in compressed dumps.
 */
export const TRANSFER_IMAGE = 'docker.io/rclone/rclone:1.75.1';

/** Where secrets of the destination are mounted. */
const PATHS = { destination: DESTINATION_FOLDER, encryption: '/opt/stateful/encryption', authority: '/opt/stateful/authority', claim: '/backups' } as const;

/** Where the backups of one database lie. */
export interface TransferSpec {
  readonly destination: BackupDestination;
  /** The folder below the destination's root. */
  readonly folder: string;
  readonly encryption: BackupEncryption | undefined;
  readonly image: string;
}

/** What every container that talks to the destination has. */
export function transferPlan(spec: TransferSpec): FetchPlan {
  const { destination, encryption, image } = spec;
  const scripts = readScripts(__dirname);
  return {
    image,
    environment: transferEnvironment(spec),
    files: { 'destination.conf': `${['[destination]', ...destination.lines].join('\n')}\n` },
    scripts,
    secrets: secrets(destination, encryption),
    ...(destination.claim === undefined ? {} : { claim: { claim: destination.claim, path: PATHS.claim } }),
    ports: destination.ports,
  };
}

/** The scripts of the given names. */
export function only(scripts: StringMap, ...names: string[]): StringMap {
  return Object.fromEntries(names.map(name => [name, scripts[name] as string]));
}

function transferEnvironment({ destination, encryption, folder }: TransferSpec): StringMap {
  return {
    DESTINATION_DIR: PATHS.destination,
    DESTINATION_ROOT: `${destination.root}/${folder}`,
    DESTINATION_OPTIONS: sortedEntries(destination.secretOptions).map(([option, key]) => `${option} ${key}`).join('\n'),
    ...(encryption === undefined ? {} : { ENCRYPTION_FILE: `${PATHS.encryption}/${encryption.key}` }),
    ...(destination.caSecret === undefined ? {} : { RCLONE_CA_CERT: `${PATHS.authority}/ca.crt` }),
  };
}

function secrets({ caSecret, secretFiles, secretName, secretOptions }: BackupDestination, encryption: BackupEncryption | undefined): MountedSecret[] {
  return [
    ...(secretName === undefined ? [] : [{ volume: 'destination', secret: secretName, keys: [...sortedEntries(secretOptions).map(([, key]) => key), ...secretFiles], path: PATHS.destination }]),
    ...(encryption === undefined ? [] : [{ volume: 'encryption', secret: encryption.secretName, keys: [encryption.key], path: PATHS.encryption }]),
    ...(caSecret === undefined ? [] : [{ volume: 'authority', secret: caSecret, keys: ['ca.crt'], path: PATHS.authority }]),
  ];
}
