import { Size } from 'cdk8s';
import type { CompanionPlan, PortPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { NodeComparison, NodeRequirement } from '../../core/node-requirement';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import type { Flavour } from './flavour';
import { DATA_FOLDER, PORT, runFolder, TLS_PORT, VOLUME_FOLDER } from './settings';
import { ADMIN } from './users';

/** What the kernel has to grant, or the fork of a rewrite fails when more than half of the memory is in use. */
export const OVERCOMMIT = NodeRequirement.sysctl('vm.overcommit_memory', NodeComparison.IS, 1, {
  reason: 'or the append-only file cannot be rewritten when much of the memory is in use',
});

/** The client of the image. */
export function client(flavour: Flavour): string { return `${flavour.programs}-cli`; }

/** The checker of snapshots of the image. */
export function checker(flavour: Flavour): string { return `${flavour.programs}-check-rdb`; }

/** The server's environment. */
export function serverEnvironment(flavour: Flavour, series: string, request: MemberRequest): StringMap {
  return {
    ...sessionEnvironment(flavour),
    CHECKER: checker(flavour),
    DATA_DIR: DATA_FOLDER,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_VERSION: series,
    ENGINE: flavour.releases.engine,
    LOG_LAYOUT: flavour.logFolder ? 'folder' : 'file',
    PRODUCT: flavour.releases.product,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    RESTORE: `${request.restore ?? false}`,
    SERVER: `${flavour.programs}-server`,
    TLS_ONLY: `${request.tlsRequired}`,
  };
}

/** A container that applies changed users, passwords and certificates, and refuses writes before the volume is full. */
export function reconciler(flavour: Flavour, request: MemberRequest): CompanionPlan {
  return {
    name: 'reconcile',
    command: [scriptPath('reconcile.sh')],
    environment: { ...sessionEnvironment(flavour), RECONCILE_INTERVAL: '5', TLS_DIR: request.tls ? MOUNTS.tls : '' },
    memory: Size.mebibytes(32),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: true,
    // The server reads no password file: what it has to know is composed of them.
    seesSecrets: true,
  };
}

/** What the server writes outside its volume. */
export function scratch(flavour: Flavour): ScratchPlan[] {
  return [{ name: 'run', path: runFolder(flavour), size: Size.mebibytes(4), inMemory: true }];
}

/** The ports: one is enough where only TLS is spoken, or none. */
export function ports(name: string, request: MemberRequest): PortPlan[] {
  const beside = request.tls && !request.tlsRequired;
  return [{ name, port: PORT, forClients: true }, ...(beside ? [{ name: `${name}-tls`, port: TLS_PORT, forClients: true }] : [])];
}

function sessionEnvironment(flavour: Flavour): StringMap {
  return {
    ADMIN,
    CLIENT: client(flavour),
    CONFIG_DIR: MOUNTS.config,
    CREDENTIALS_DIR: MOUNTS.credentials,
    PORT: `${PORT}`,
    RUN_DIR: runFolder(flavour),
    VOLUME_DIR: VOLUME_FOLDER,
  };
}
