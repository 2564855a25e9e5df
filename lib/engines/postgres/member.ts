import { Size } from 'cdk8s';
import type { CompanionPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { PROBE_TIMEOUT } from '../../core/probes';
import { mebibytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';
import { Collation, providerOf } from './collation';
import { sessionMemory } from './memory';
import { effectiveSettings, PORT, SOCKET_FOLDER } from './settings';

/** Where the volumes are mounted; the data lies below, whatever the major, so that `lost+found` never stands in it. */
export const VOLUME_FOLDER = '/var/lib/postgresql';
export const WAL_VOLUME_FOLDER = '/var/lib/postgresql-wal';

/** What the scripts need to know, and nothing secret. */
export interface EnvironmentSpec {
  readonly engine: string;
  readonly major: number;
  readonly superuser: string;
  readonly dataFolder: string;
  readonly collation: Collation;
  readonly request: MemberRequest;
}

const READY_MARK = `${SOCKET_FOLDER}/.reconciled`;

/** The server's environment. */
export function serverEnvironment(spec: EnvironmentSpec): StringMap {
  const { collation, major, request } = spec;
  return {
    CONFIG_DIR: MOUNTS.config,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_MAJOR: `${major}`,
    DB_SUPERUSER: spec.superuser,
    ENGINE: spec.engine,
    LOCALE: collation.locale,
    LOCALE_PROVIDER: providerOf(collation, major),
    PGHOST: SOCKET_FOLDER,
    PGDATA: `${VOLUME_FOLDER}/${spec.dataFolder}`,
    PGPORT: `${PORT}`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    READY_MARK,
    RESTORE: `${request.restore ?? false}`,
    VOLUME_DIR: VOLUME_FOLDER,
    WAL_DIR: request.walSize === undefined ? '' : `${WAL_VOLUME_FOLDER}/${major}/pg_wal`,
  };
}

/**
 * A container that keeps roles, databases and extensions as declared, applies new passwords, has renewed certificates read,
 * and makes the server read-only before a volume is full.
 */
export function reconciler(spec: EnvironmentSpec): CompanionPlan {
  return {
    name: 'reconcile',
    command: [scriptPath('reconcile.sh')],
    environment: {
      CONFIG_DIR: MOUNTS.config,
      CREDENTIALS_DIR: MOUNTS.credentials,
      PGHOST: SOCKET_FOLDER,
      PGPORT: `${PORT}`,
      PGUSER: spec.superuser,
      READY_MARK,
      RECONCILE_INTERVAL: '5',
      TLS_DIR: spec.request.tls ? MOUNTS.tls : '',
      VOLUME_DIR: VOLUME_FOLDER,
      WAL_VOLUME_DIR: spec.request.walSize === undefined ? '' : WAL_VOLUME_FOLDER,
    },
    memory: Size.mebibytes(64),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: true,
    seesSecrets: false,
  };
}

/** What the server writes outside its volumes. */
export function scratch(request: MemberRequest, derived: StringMap): ScratchPlan[] {
  // Parallel queries keep their hash tables in /dev/shm, out of the same memory that is divided among the sessions; the
  // runtime's own /dev/shm has 64 MiB, which is too little for them (CrunchyData/postgres-operator#2783).
  const sessions = sessionMemory(effectiveSettings(request, derived));
  return [
    { name: 'run', path: SOCKET_FOLDER, size: Size.mebibytes(16), inMemory: false },
    { name: 'shm', path: '/dev/shm', size: Size.mebibytes(Math.max(64, Math.min(Math.floor(sessions), mebibytes(request.memory)))), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ];
}
