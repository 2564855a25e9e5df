import { Size } from 'cdk8s';
import type { CompanionPlan, PortPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { PROBE_TIMEOUT } from '../../core/probes';
import { bytes } from '../../core/quantity';
import type { StringMap } from '../../core/strings';
import type { ZooKeeperSpec } from './options';
import { DATA_FOLDER, logFolder, LOG_VOLUME_FOLDER, PORTS, RUN_FOLDER, VOLUME_FOLDER } from './settings';
import { CODE_CACHE, deriveSizing, METASPACE, RUN_FOLDER as RUN_FOLDER_SIZE } from './sizing';

/** The application's user and the key of its password. */
export const APPLICATION = { username: 'app', passwordKey: 'password' } as const;

/** What the scripts need to know, and nothing secret. */
export interface EnvironmentSpec {
  readonly series: string;
  readonly options: ZooKeeperSpec;
  readonly request: MemberRequest;
}

const LOGS = '/logs';

/** The ports that clients use, and that of the figures. */
export function ports(request: MemberRequest, options: ZooKeeperSpec): PortPlan[] {
  return [
    ...(request.tlsRequired ? [] : [{ name: 'zookeeper', port: PORTS.plain, forClients: true }]),
    ...(request.tls ? [{ name: 'zookeeper-tls', port: PORTS.tls, forClients: true }] : []),
    ...(options.metrics ? [{ name: 'metrics', port: PORTS.metrics, forClients: false }] : []),
  ];
}

/** The server's environment. What is for its JVM alone is in SERVER_JVMFLAGS, which the shell of ZooKeeper does not read. */
export function serverEnvironment({ options, request, series }: EnvironmentSpec): StringMap {
  return {
    CONFIG_DIR: MOUNTS.config,
    DATA_FOLDER,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_USER: APPLICATION.username,
    DB_VERSION: series,
    JMXDISABLE: 'true',
    LOG_FOLDER: logFolder(request),
    LOG_VOLUME_DIR: request.walSize === undefined ? '' : LOG_VOLUME_FOLDER,
    PASSWORD_FILE: `${MOUNTS.credentials}/${APPLICATION.passwordKey}`,
    PORT: `${PORTS.plain}`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    RUN_DIR: RUN_FOLDER,
    SERVER_JVMFLAGS: jvmFlags(request, options),
    TLS_DIR: request.tls ? MOUNTS.tls : '',
    TLS_PORT: request.tls ? `${PORTS.tls}` : '',
    VOLUME_DIR: VOLUME_FOLDER,
    ZOO_LOG_DIR: LOGS,
  };
}

/** A container that composes a renewed certificate; the server looks at the file by itself. */
export function renewer(): CompanionPlan {
  return {
    name: 'renew',
    command: [scriptPath('renew.sh')],
    environment: { RENEW_INTERVAL: '5', RUN_DIR: RUN_FOLDER, TLS_DIR: MOUNTS.tls },
    memory: Size.mebibytes(16),
    cpuMillis: 5,
    sharedScratch: ['run'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** What the server writes outside its volumes. */
export function scratch(): ScratchPlan[] {
  return [
    { name: 'run', path: RUN_FOLDER, size: Size.mebibytes(RUN_FOLDER_SIZE), inMemory: true },
    { name: 'logs', path: LOGS, size: Size.mebibytes(16), inMemory: false },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ];
}

// Without its memory a server is of no use: it ends, and is started again.
function jvmFlags(request: MemberRequest, options: ZooKeeperSpec): string {
  const { directMemory, heap } = deriveSizing(request, options.maxBuffer);
  return [
    `-Xms${heap}m -Xmx${heap}m -XX:MaxDirectMemorySize=${directMemory}m -XX:MaxMetaspaceSize=${METASPACE}m`,
    `-XX:ReservedCodeCacheSize=${CODE_CACHE}m -XX:+ExitOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError`,
    `-Djute.maxbuffer=${bytes(options.maxBuffer)} -Djava.security.auth.login.config=${RUN_FOLDER}/login.conf`,
  ].join(' ');
}
