import { Size } from 'cdk8s';
import type { CompanionPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import { PORT, RUN_FOLDER, SET_NAME } from './settings';

/** Where the volume is mounted; the data lies below, so that `lost+found` never stands in it. */
export const VOLUME_FOLDER = '/data/db';

const READY_MARK = `${RUN_FOLDER}/reconciled`;

/** What the scripts need to know, and nothing secret. */
export interface EnvironmentSpec {
  readonly major: number;
  readonly dataFolder: string;
  readonly request: MemberRequest;
}

/** The server's environment. */
export function serverEnvironment({ dataFolder, major, request }: EnvironmentSpec): StringMap {
  return {
    ...sharedEnvironment(request),
    DATA_DIR: `${VOLUME_FOLDER}/${dataFolder}`,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_MAJOR: `${major}`,
    // The allocator of 8 has its caches per processor only where the C library leaves it the restartable sequences.
    ...(major >= 8 ? { GLIBC_TUNABLES: 'glibc.pthread.rseq=0' } : {}),
    VOLUME_DIR: VOLUME_FOLDER,
  };
}

/**
 * A container that makes the replica set and the users, keeps their roles, applies new passwords, has renewed certificates read
 * and the oplog follow the size of the volume. It reads the passwords, because the server never reads a file that a client names.
 */
export function reconciler(request: MemberRequest): CompanionPlan {
  return {
    name: 'reconcile',
    command: [scriptPath('reconcile.sh')],
    environment: { ...sharedEnvironment(request), CREDENTIALS_DIR: MOUNTS.credentials, RECONCILE_INTERVAL: '5', SET_NAME },
    // The shell of the server brings a whole Node.js; it runs only when something has changed.
    memory: Size.mebibytes(256),
    cpuMillis: 10,
    sharedScratch: ['run', 'tmp'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** What the server writes outside its volume. */
export function scratch(): ScratchPlan[] {
  return [
    { name: 'configdb', path: '/data/configdb', size: Size.mebibytes(16), inMemory: false },
    { name: 'run', path: RUN_FOLDER, size: Size.mebibytes(16), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ];
}

function sharedEnvironment(request: MemberRequest): StringMap {
  return {
    CONFIG_DIR: MOUNTS.config,
    DB_PORT: `${PORT}`,
    // The image has the volume for its home, and the shell would write its history there.
    HOME: '/tmp',
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    READY_MARK,
    RUN_DIR: RUN_FOLDER,
    TLS_DIR: request.tls ? MOUNTS.tls : '',
    TLS_REQUIRED: `${request.tlsRequired}`,
  };
}
