import { Size } from 'cdk8s';
import type { ClientPlan, CompanionPlan, MemberPlan, ScratchPlan } from '../../core/member-plan';
import type { MemberRequest } from '../../core/member-request';
import { MOUNTS, scriptPath } from '../../core/mounts';
import { NodeComparison, NodeRequirement } from '../../core/node-requirement';
import { PROBE_TIMEOUT, probes } from '../../core/probes';
import { readScripts, sharedScripts } from '../../core/scripts';
import type { StringMap } from '../../core/strings';
import { PORT } from './settings';
import { OWNER } from './versions';

/** The folder in memory where the configuration is put together, in mebibytes: certificates and hashes never lie on a disk. */
export const CONFIGURATION_MEMORY = 16;

/** The application's user. */
export const USER = 'app';

/** What a server of this family is, as its member differs. */
export interface SearchServer {
  /** The engine's name, which is that of the server's program, folder and settings file as well. */
  readonly name: string;
  /** The variable with which the server is told where its configuration is. */
  readonly configVariable: string;
  readonly major: string;
  readonly image: string;
  readonly request: MemberRequest;
  /** The keys of the users' passwords in the credentials Secret; none where nobody has to say who they are. */
  readonly passwordKeys: StringMap;
  readonly files: StringMap;
  /** The scripts that only this server has. */
  readonly scripts: StringMap;
  readonly companions: CompanionPlan[];
}

/** What the environment is made from. */
export type MemberFacts = Pick<SearchServer, 'configVariable' | 'major' | 'name' | 'passwordKeys' | 'request'>;

/** The folder of the server's program and, below it, where its volume is mounted. */
export function homeOf(name: string): string { return `/usr/share/${name}`; }

/** The folder of the data, below the mount, so that `lost+found` never stands in it. */
export function dataOf(name: string): string { return `${homeOf(name)}/data/${name}`; }

/** What the scripts need to know, and nothing secret. */
export function serverEnvironment(server: MemberFacts): StringMap {
  const { name, request } = server;
  const secure = server.passwordKeys[USER] !== undefined;
  return {
    APP_USER: secure ? USER : '',
    CLUSTER_NAME: request.name,
    CONFIG_DIR: MOUNTS.config,
    CREDENTIALS_DIR: secure ? MOUNTS.credentials : '',
    DATA_DIR: dataOf(name),
    DATA_MUST_EXIST: `${request.dataMustExist}`,
    DB_MAJOR: server.major,
    PROBE_TIMEOUT: `${PROBE_TIMEOUT.toSeconds()}`,
    SERVER: name,
    SERVER_HOME: homeOf(name),
    SERVER_URL: `${request.tls ? 'https' : 'http'}://127.0.0.1:${PORT}`,
    TLS_DIR: request.tls ? MOUNTS.tls : '',
    VOLUME_DIR: `${homeOf(name)}/data`,
    [server.configVariable]: `/run/${name}/config`,
  };
}

/** The member. */
export function searchPlan(server: SearchServer): MemberPlan {
  const { name, passwordKeys, request } = server;
  return {
    container: name,
    image: server.image,
    ...OWNER,
    command: [scriptPath('start.sh')],
    environment: serverEnvironment(server),
    files: server.files,
    liveFiles: [],
    scripts: { ...commonScripts(), ...server.scripts, ...sharedScripts('volume.sh') },
    dataMount: `${homeOf(name)}/data`,
    ports: [{ name: 'http', port: PORT, forClients: true }],
    scratch: scratch(name),
    ...probes({ budget: request.startupTimeout }),
    stopCommand: [],
    passwordKeys,
    companions: server.companions,
    client: client(request.tls, passwordKeys[USER]),
    nodeRequirements: nodeRequirements(request.settings),
  };
}

// What only one of the servers runs, or both in words of their own, is given by the server.
function commonScripts(): StringMap {
  const own = ['access.sh', 'renew.sh'];
  return Object.fromEntries(Object.entries(readScripts(__dirname)).filter(([name]) => !own.includes(name)));
}

/** A container that gives a changed password and a renewed certificate to the server. Its program that makes a hash is a JVM. */
export function renewer(member: MemberFacts): CompanionPlan {
  return {
    name: 'renew',
    command: [scriptPath('renew.sh')],
    environment: serverEnvironment(member),
    memory: Size.mebibytes(256),
    cpuMillis: 10,
    sharedScratch: ['composed', 'tmp'],
    seesVolumes: false,
    seesSecrets: true,
  };
}

/** The scripts of Elasticsearch alone. */
export function elasticsearchScripts(): StringMap {
  const { 'access.sh': access, 'renew.sh': renew } = readScripts(__dirname);
  return { 'access.sh': access as string, 'renew.sh': renew as string };
}

function client(tls: boolean, passwordKey: string | undefined): ClientPlan {
  return { scheme: tls ? 'https' : 'http', database: '', username: passwordKey === undefined ? '' : USER, passwordKey: passwordKey ?? '' };
}

function scratch(name: string): ScratchPlan[] {
  return [
    { name: 'composed', path: `/run/${name}`, size: Size.mebibytes(CONFIGURATION_MEMORY), inMemory: true },
    { name: 'logs', path: `${homeOf(name)}/logs`, size: Size.mebibytes(64), inMemory: false },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(512), inMemory: false },
  ];
}

// Both servers look for these themselves, but as a single node they only warn.
function nodeRequirements(settings: StringMap): NodeRequirement[] {
  const files = NodeRequirement.openFiles(65535, { reason: 'or many shards run out of open files' });
  if (settings['node.store.allow_mmap'] !== 'true') { return [files]; }
  const maps = NodeRequirement.sysctl('vm.max_map_count', NodeComparison.AT_LEAST, 262144, {
    required: true, reason: 'or the server runs out of memory maps, which it was allowed to use by node.store.allow_mmap',
  });
  return [maps, files];
}
