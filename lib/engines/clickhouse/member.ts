import { Size } from 'cdk8s';
import type { CompanionPlan, PortPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { NodeComparison, NodeRequirement } from '../../core/node-requirement';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import type { ClickHouseSpec } from './options';
import { DATA_FOLDER, PORTS, RUN_FOLDER, VOLUME_FOLDER } from './settings';

/** The server's environment. */
export function serverEnvironment(request: MemberRequest, spec: ClickHouseSpec, series: string): StringMap {
  return {
    ...userEnvironment(spec),
    CLICKHOUSE_WATCHDOG_ENABLE: '0',
    CLIENT_PORT: `${request.tlsRequired ? PORTS.nativeSecure : PORTS.native}`,
    CLIENT_TLS: `${request.tlsRequired}`,
    DATA_DIR: DATA_FOLDER,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_SERIES: series,
    HOME: '/tmp',
    // Where TLS is required, no plain port but that of the figures answers.
    HTTP_PATH: request.tlsRequired ? '/' : '/ping',
    HTTP_PORT: `${request.tlsRequired ? PORTS.metrics : PORTS.http}`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    VOLUME_DIR: VOLUME_FOLDER,
  };
}

/** A container that composes the users anew when the mounted password or the declared users change; the server then reads them by itself. */
export function userKeeper(spec: ClickHouseSpec): CompanionPlan {
  return {
    name: 'users',
    command: [scriptPath('keep-users.sh')],
    environment: { ...userEnvironment(spec), KEEP_INTERVAL: '5' },
    memory: Size.mebibytes(32),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** The ports; the first is that of the HTTP interface, which most client libraries use. */
export function ports(request: MemberRequest): PortPlan[] {
  const plain = [{ name: 'http', port: PORTS.http, forClients: true }, { name: 'native', port: PORTS.native, forClients: true }];
  const secure = [{ name: 'https', port: PORTS.https, forClients: true }, { name: 'native-secure', port: PORTS.nativeSecure, forClients: true }];
  return [
    ...(request.tlsRequired ? [] : plain),
    ...(request.tls ? secure : []),
    { name: 'metrics', port: PORTS.metrics, forClients: false },
  ];
}

/** What the server and the scripts write outside the volume. */
export function scratch(): ScratchPlan[] {
  return [
    { name: 'run', path: RUN_FOLDER, size: Size.mebibytes(16), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ];
}

/**
 * What the project recommends for the node; the server starts without all of it.
 *
 * @see https://clickhouse.com/docs/operations/tips
 */
export const NODE: NodeRequirement[] = [
  NodeRequirement.sysctl('vm.overcommit_memory', NodeComparison.AT_MOST, 1, { reason: 'or large allocations fail while there is memory' }),
  NodeRequirement.sysctl('vm.swappiness', NodeComparison.AT_MOST, 1, { reason: 'or caches are swapped out and queries stall' }),
  NodeRequirement.transparentHugePages('madvise', { reason: 'or the allocator takes more memory than it counts' }),
  NodeRequirement.openFiles(262144, { reason: 'as every column of every part that is read is a file' }),
];

function userEnvironment(spec: ClickHouseSpec): StringMap {
  return {
    APP_USER: spec.username,
    APP_PASSWORD_FILE: `${MOUNTS.credentials}/${spec.passwordKey}`,
    CONFIG_DIR: MOUNTS.config,
    RUN_DIR: RUN_FOLDER,
  };
}
