import { Size } from 'cdk8s';
import type { CompanionPlan, PortPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { databaseNames } from '../../core/names';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import { LOCAL_PORTS, PORTS, RUN_FOLDER } from './settings';
import { CODE_CACHE, deriveSizing, METASPACE, RUN_FOLDER as RUN_FOLDER_SIZE } from './sizing';

/** Where the volume is mounted; the log lies below, because Kafka takes every folder in it for a partition. */
export const VOLUME_FOLDER = '/var/lib/kafka/data';

/** The application's user and the key of its password. */
export const APPLICATION = { username: 'app', passwordKey: 'password' } as const;

/** What the scripts need to know, and nothing secret. */
export interface EnvironmentSpec {
  readonly version: string;
  readonly clusterId: string;
  readonly request: MemberRequest;
}

const HOME = '/opt/kafka';
const READY_MARK = `${RUN_FOLDER}/reconciled`;

/** The ports that clients use: with TLS alone, the other one is closed. */
export function ports(request: MemberRequest): PortPlan[] {
  return [
    ...(request.tlsRequired ? [] : [{ name: 'kafka', port: PORTS.plain, forClients: true }]),
    ...(request.tls ? [{ name: 'kafka-tls', port: PORTS.tls, forClients: true }] : []),
  ];
}

/** The server's environment. Its heap is not in the variables of Kafka's own scripts, which tools in the container would inherit. */
export function serverEnvironment({ clusterId, request, version }: EnvironmentSpec): StringMap {
  const { directMemory, heap } = deriveSizing(request);
  return {
    BROKER_PORT: `${LOCAL_PORTS.broker}`,
    CLIENT_PORTS: ports(request).map(({ port }) => `${port}`).join(' '),
    CLUSTER_ID: clusterId,
    CONFIG_DIR: MOUNTS.config,
    CONTROLLER_PORT: `${LOCAL_PORTS.controller}`,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_VERSION: version,
    KAFKA_HOME: HOME,
    LOG_FOLDER: `${VOLUME_FOLDER}/log`,
    MEMBERS_SERVICE: databaseNames(request.name).headlessService,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    READY_MARK,
    RESOLV_CONF: '/etc/resolv.conf',
    RUN_DIR: RUN_FOLDER,
    SERVER_MEMORY: `-Xms${heap}m -Xmx${heap}m -XX:MaxDirectMemorySize=${directMemory}m -XX:MaxMetaspaceSize=${METASPACE}m `
      + `-XX:ReservedCodeCacheSize=${CODE_CACHE}m`,
    TLS_DIR: request.tls ? MOUNTS.tls : '',
    VOLUME_DIR: VOLUME_FOLDER,
  };
}

/** A container that keeps the application's password and rights as declared, and has a renewed certificate read. */
export function reconciler(request: MemberRequest): CompanionPlan {
  return {
    name: 'reconcile',
    command: [scriptPath('reconcile.sh')],
    environment: {
      BROKER_PORT: `${LOCAL_PORTS.broker}`,
      DB_USER: APPLICATION.username,
      KAFKA_HEAP_OPTS: '-Xmx64m -Xss512k -XX:MaxMetaspaceSize=80m -XX:ReservedCodeCacheSize=32m',
      KAFKA_HOME: HOME,
      // Anything but nothing: Kafka's scripts would start an agent for JMX.
      KAFKA_JMX_OPTS: '-XX:-UsePerfData',
      KAFKA_JVM_PERFORMANCE_OPTS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
      PASSWORD_FILE: `${MOUNTS.credentials}/${APPLICATION.passwordKey}`,
      READY_MARK,
      RECONCILE_INTERVAL: '5',
      RUN_DIR: RUN_FOLDER,
      TLS_DIR: request.tls ? MOUNTS.tls : '',
    },
    memory: Size.mebibytes(224),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** What the server writes outside its volume. Libraries of the compressions are unpacked in /tmp. */
export function scratch(): ScratchPlan[] {
  return [
    { name: 'run', path: RUN_FOLDER, size: Size.mebibytes(RUN_FOLDER_SIZE), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ];
}
