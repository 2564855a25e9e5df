import { Size } from 'cdk8s';
import type { CompanionPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { NodeComparison, NodeRequirement } from '../../core/node-requirement';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import { HTTP_PORT, MIN_PORT, PG_PORT, USER } from './settings';
import { deriveSizing } from './sizing';

/** Where the volume is mounted; the data lies below, so that `lost+found` never stands in it. */
export const VOLUME_FOLDER = '/var/lib/questdb';

const RUN_FOLDER = '/run/questdb';

/** The key of the only user's password. */
export const PASSWORD_KEY = 'password';

const PASSWORD_FILE = `${MOUNTS.credentials}/${PASSWORD_KEY}`;

/** The server's environment. */
export function serverEnvironment(series: string, request: MemberRequest): StringMap {
  const folder = `${VOLUME_FOLDER}/root`;
  return {
    APP_DIR: '/app',
    CONFIG_DIR: MOUNTS.config,
    DATA_DIR: folder,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_MAJOR: series,
    ENTRYPOINT: '/docker-entrypoint.sh',
    // The image's own start script looks for an old place of the data with a program that needs more rights.
    IGNORE_DATA_ROOT_MOUNT_CHECK: 'true',
    JVM_PREPEND: jvmOptions(request).join(' '),
    MIN_PORT: `${MIN_PORT}`,
    PG_PORT: `${PG_PORT}`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    QDB_PG_PASSWORD_FILE: PASSWORD_FILE,
    RUN_DIR: RUN_FOLDER,
    VOLUME_DIR: VOLUME_FOLDER,
  };
}

/** A container that has the server read a new password: it can be told to, but does not look by itself. */
export function reloader(): CompanionPlan {
  return {
    name: 'reload',
    command: [scriptPath('reload.sh')],
    environment: {
      DB_USER: USER,
      HTTP_PORT: `${HTTP_PORT}`,
      PASSWORD_FILE,
      RELOAD_INTERVAL: '5',
      RUN_DIR: RUN_FOLDER,
    },
    memory: Size.mebibytes(32),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** What the server writes outside its volume; its library is unpacked to /tmp and run from there. */
export function scratch(): ScratchPlan[] {
  return [
    { name: 'run', path: RUN_FOLDER, size: Size.mebibytes(1), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(128), inMemory: false },
  ];
}

/** What the server asks of its node. */
export function nodeRequirements(): NodeRequirement[] {
  return [
    NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 1048576, { reason: 'or many partitions run out of memory maps' }),
    NodeRequirement.openFiles(1048576, { reason: 'or many partitions run out of open files' }),
  ];
}

function jvmOptions(request: MemberRequest): string[] {
  const { heap } = deriveSizing(request);
  return [
    `-Xms${heap}m`, `-Xmx${heap}m`, '-XX:MaxMetaspaceSize=96m', '-XX:ReservedCodeCacheSize=64m', '-XX:MaxDirectMemorySize=16m',
    // Else the JVM keeps a file of figures in /tmp, and a server without memory goes on half dead.
    '-XX:-UsePerfData', '-XX:+ExitOnOutOfMemoryError',
  ];
}
