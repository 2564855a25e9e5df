import { Size } from 'cdk8s';
import type { CompanionPlan, MemberPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { PROBE_TIMEOUT, probes } from '../../core/probes';
import { imageOf, seriesOf } from '../../core/releases';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import { clientPlan, Declarations, declaredText, passwordKeys } from './declarations';
import type { Product } from './product';
import { myCnf, PORT, SOCKET_FOLDER, TMP_FOLDER, VOLUME_FOLDER } from './settings';
import { OWNER } from './versions';

/** What a member is made of, beside the request. */
export interface MemberSpec {
  readonly product: Product;
  readonly version: string;
  readonly declarations: Declarations;
  readonly dataFolder: string;
  /** Variables that only this product's scripts want. */
  readonly environment: StringMap;
  /** Scripts that this product has in place of MySQL's. */
  readonly scripts: StringMap;
}

const SOCKET = `${SOCKET_FOLDER}/mysqld.sock`;
const READY_MARK = `${SOCKET_FOLDER}/.reconciled`;

/** The plan of a member of either product. */
export function memberPlan(spec: MemberSpec, request: MemberRequest): MemberPlan {
  const { dataFolder, declarations, product, version } = spec;
  const series = seriesOf(product.releases, version) ?? version;
  return {
    container: product.releases.engine,
    image: request.image ?? imageOf(product.releases, version),
    ...OWNER,
    command: [scriptPath('start.sh')],
    environment: serverEnvironment(spec, series, request),
    files: { 'declared': declaredText(declarations), 'my.cnf': myCnf(request, product, series, dataFolder) },
    liveFiles: ['declared'],
    scripts: { ...readScripts(__dirname), ...sharedScripts('restore.sh', 'volume.sh'), ...spec.scripts },
    dataMount: VOLUME_FOLDER,
    ports: [{ name: 'mysql', port: PORT, forClients: true }],
    scratch: SCRATCH,
    ...probes({ budget: request.startupTimeout }),
    stopCommand: [],
    passwordKeys: passwordKeys(declarations),
    companions: [reconciler(spec, request)],
    client: clientPlan(declarations),
    nodeRequirements: [],
  };
}

// The socket and its lock; what else the server may want to write, of which nothing is known.
const SCRATCH: ScratchPlan[] = [
  { name: 'run', path: SOCKET_FOLDER, size: Size.mebibytes(16), inMemory: false },
  { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
];

function serverEnvironment(spec: MemberSpec, series: string, request: MemberRequest): StringMap {
  return {
    CONFIG_DIR: MOUNTS.config,
    DATA_DIR: `${VOLUME_FOLDER}/${spec.dataFolder}`,
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_SERIES: series,
    ENGINE: spec.product.releases.engine,
    PORT: `${PORT}`,
    PRIVATE_SOCKET: `${SOCKET_FOLDER}/private.sock`,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    READY_MARK,
    RESTORE: `${request.restore ?? false}`,
    SOCKET,
    TLS_DIR: request.tls ? MOUNTS.tls : '',
    TMP_DIR: TMP_FOLDER,
    VOLUME_DIR: VOLUME_FOLDER,
  };
}

// A container that keeps users, databases and rights as declared, sets new passwords, and has renewed certificates read.
function reconciler(spec: MemberSpec, request: MemberRequest): CompanionPlan {
  return {
    name: 'reconcile',
    command: [scriptPath('reconcile.sh')],
    environment: {
      ...spec.environment,
      CONFIG_DIR: MOUNTS.config,
      CREDENTIALS_DIR: MOUNTS.credentials,
      READY_MARK,
      RECONCILE_INTERVAL: '5',
      SOCKET,
      TLS_DIR: request.tls ? MOUNTS.tls : '',
    },
    memory: Size.mebibytes(64),
    cpuMillis: 10,
    sharedScratch: ['run'],
    seesVolumes: false,
    seesSecrets: true,
  };
}
