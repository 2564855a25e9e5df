import { Size } from 'cdk8s';
import type { CompanionPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { NodeComparison, NodeRequirement } from '../../core/node-requirement';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import type { Identity } from './options';
import { deriveSizing } from './sizing';

/** Where the volumes are mounted; the data lies below, so that `lost+found` never stands in it. */
export const VOLUME_FOLDER = '/var/lib/cassandra';
export const LOG_VOLUME_FOLDER = '/var/lib/cassandra-commitlog';

/** The port of clients. */
export const PORT = 9042;

/** The application's role. */
export const USER = 'app';

/** The superuser, whose name is not the well-known one. */
const ADMIN = 'admin';

/** The keys of the passwords, by role. */
export const PASSWORD_KEYS: StringMap = { [USER]: 'password', [ADMIN]: 'admin-password' };

const JMX_PORT = 7199;
const RUN_FOLDER = '/run/cassandra';

/** What the scripts need to know, and nothing secret. */
export interface EnvironmentSpec {
  readonly series: string;
  readonly identity: Identity;
  readonly request: MemberRequest;
}

/** The server's environment. Tools that a person starts in the pod inherit it, so the heap has another name than theirs. */
export function serverEnvironment(spec: EnvironmentSpec): StringMap {
  const { identity, request, series } = spec;
  const { direct, heap, newGeneration } = deriveSizing(request);
  return {
    ...sharedEnvironment(request),
    CLUSTER_NAME: identity.clusterName,
    CONFIG_DIR: MOUNTS.config,
    DATA_CENTER: identity.datacenter,
    DATA_DIR: `${VOLUME_FOLDER}/node`,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_MAJOR: series,
    IMAGE_CONFIG_DIR: '/etc/cassandra',
    INITIAL_PORT: '19042',
    KEYSPACE: identity.keyspace,
    RACK: identity.rack,
    SERVER_HEAP: `${heap}M`,
    SERVER_NEW_GENERATION: `${newGeneration}M`,
    SERVER_OPTIONS: jvmOptions(direct).join(' '),
    VOLUME_DIR: VOLUME_FOLDER,
    WAL_DIR: request.walSize === undefined ? '' : `${LOG_VOLUME_FOLDER}/node`,
  };
}

/** A container that gives the roles new passwords, and has a renewed certificate read. */
export function reconciler(request: MemberRequest): CompanionPlan {
  return {
    name: 'reconcile',
    command: [scriptPath('reconcile.sh')],
    environment: { ...sharedEnvironment(request), RECONCILE_INTERVAL: '5' },
    // The CQL shell is a Python program.
    memory: Size.mebibytes(160),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** What the server writes outside its volumes; libraries are unpacked to /tmp and run from there. */
export function scratch(): ScratchPlan[] {
  return [
    { name: 'log', path: '/var/log/cassandra', size: Size.mebibytes(192), inMemory: false },
    { name: 'run', path: RUN_FOLDER, size: Size.mebibytes(8), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(256), inMemory: false },
  ];
}

/** What the server asks of its node. */
export function nodeRequirements(): NodeRequirement[] {
  return [
    NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 1048575, { reason: 'or many tables run out of memory maps' }),
    NodeRequirement.openFiles(100000, { reason: 'or many tables run out of open files' }),
  ];
}

function sharedEnvironment(request: MemberRequest): StringMap {
  return {
    ADMIN,
    APP: USER,
    CREDENTIALS_DIR: MOUNTS.credentials,
    DB_PORT: `${PORT}`,
    HOME: '/tmp',
    HOSTS_FILE: '/etc/hosts',
    JMX_PORT: `${JMX_PORT}`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    RUN_DIR: RUN_FOLDER,
    TLS: request.tls ? (request.tlsRequired ? 'required' : 'optional') : 'off',
    TLS_DIR: MOUNTS.tls,
  };
}

function jvmOptions(direct: number): string[] {
  return [
    `-XX:MaxDirectMemorySize=${direct}m`, '-XX:MaxMetaspaceSize=112m', '-XX:ReservedCodeCacheSize=64m',
    // A heap does not fit into the folders outside of the volume, and a server without memory must not go on half dead.
    '-XX:-HeapDumpOnOutOfMemoryError', '-XX:+ExitOnOutOfMemoryError',
    // There is nobody to wait for.
    '-Dcassandra.skip_wait_for_gossip_to_settle=0', '-Dcassandra.ring_delay_ms=0', '-Dcassandra.superuser_setup_delay_ms=0',
  ];
}
