import { Size } from 'cdk8s';
import type { ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS } from '../../core/mounts';
import { PROBE_TIMEOUT } from '../../core/probes';
import type { StringMap } from '../../core/strings';
import { DATA_FOLDER, MONITOR_PORT, RUN_FOLDER, VOLUME_FOLDER } from './settings';
import { deriveSizing } from './sizing';
import { declaredSeries } from './versions';

/** The server's environment: what the scripts need to know, what the Go runtime has to stay below, and nothing secret. */
export function serverEnvironment(request: MemberRequest, version: string): StringMap {
  return {
    CONFIG_DIR: MOUNTS.config,
    CREDENTIALS_DIR: MOUNTS.credentials,
    DATA_DIR: DATA_FOLDER,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_SERIES: declaredSeries(version),
    GOMEMLIMIT: `${deriveSizing(request).goMemory}MiB`,
    MONITOR_PORT: `${MONITOR_PORT}`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    RELOAD_INTERVAL: '5',
    RUN_DIR: RUN_FOLDER,
    TLS_DIR: request.tls ? MOUNTS.tls : '',
    VOLUME_DIR: VOLUME_FOLDER,
  };
}

/** What is written outside the volume: the users with their passwords, which no disk ever sees. */
export function scratch(): ScratchPlan[] {
  return [{ name: 'run', path: RUN_FOLDER, size: Size.mebibytes(1), inMemory: true }];
}
