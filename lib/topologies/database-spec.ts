import { Duration } from 'cdk8s';
import { checkCpu, cores, Cpu, ICpu } from '../core/cpu';
import { checkBackupSource, checkDataSource, DataSource } from '../core/data-source';
import type { IEngine } from '../core/engine';
import type { MemberRequest } from '../core/member-request';
import { checkKubernetesVersion, KubernetesVersion } from '../core/kubernetes-version';
import { checkDatabaseName, checkOwnKeys, databaseNames } from '../core/names';
import { Problem, quote, under } from '../core/problems';
import { bytes } from '../core/quantity';
import { checkSnapshots } from '../core/snapshot-names';
import { checkAnnotations, checkLabels, checkLine, checkObjectName, StringMap } from '../core/strings';
import { checkNetwork, NetworkSpec, resolveNetwork } from '../networking/props';
import { checkScheduling, resolveScheduling, SchedulingSpec } from '../scheduling/props';
import { checkCredentials, Credentials } from '../security/credentials';
import { checkAcknowledged } from '../core/warnings';
import { checkTls, Tls } from '../security/tls';
import { checkGuards, GitOps, guards } from '../storage/gitops';
import { checkStorage, resolveStorage, StorageSpec } from '../storage/props';
import { checkSnapshotVolumes } from '../storage/snapshot';
import type { DatabaseProps } from './database-props';
import { ImagePullPolicy, ImageUser } from '../core/image-props';
import { NodeTuning } from './member-props';

/** A database with every default filled in; after this, nobody reads props. */
export interface DatabaseSpec {
  readonly name: string;
  readonly engine: IEngine;
  readonly storage: StorageSpec;
  readonly scheduling: SchedulingSpec;
  readonly network: NetworkSpec;
  readonly credentials: Credentials;
  readonly tls: Tls;
  readonly request: MemberRequest;
  readonly cpu: ICpu;
  readonly cpuLimit: ICpu | undefined;
  readonly shutdownTimeout: Duration;
  readonly imageUser: ImageUser | undefined;
  readonly nodeTuning: NodeTuning;
  readonly acknowledgedWarnings: string[];
  readonly imagePullPolicy: ImagePullPolicy;
  readonly imagePullSecrets: string[];
  readonly podLabels: StringMap;
  readonly podAnnotations: StringMap;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly gitOps: GitOps;
  readonly kubernetesVersion: KubernetesVersion;
}

/** Fills in the defaults, field by field. */
export function resolveDatabase(id: string, engine: IEngine, props: DatabaseProps): DatabaseSpec {
  const name = props.name ?? id;
  const kubernetesVersion = props.kubernetesVersion ?? KubernetesVersion.OLDEST;
  const cpu = props.resources?.cpu ?? Cpu.millis(engine.defaults.cpuMillis);
  const tls = props.tls ?? Tls.disabled();
  const request = memberRequest(name, engine, props, tls, cpu);
  return {
    name, engine, request, cpu, tls, kubernetesVersion,
    cpuLimit: props.resources?.cpuLimit,
    storage: resolveStorage(props.storage, props.dataSource ?? DataSource.empty(), kubernetesVersion),
    scheduling: resolveScheduling(props.scheduling ?? {}),
    network: resolveNetwork(props.network ?? {}),
    credentials: props.credentials ?? Credentials.existingSecret(databaseNames(name).credentials),
    shutdownTimeout: props.shutdownTimeout ?? engine.shutdownTimeout(request.memory),
    imageUser: props.imageUser,
    nodeTuning: props.nodeTuning ?? NodeTuning.CHECK,
    acknowledgedWarnings: props.acknowledgedWarnings ?? [],
    imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    imagePullSecrets: props.imagePullSecrets ?? [],
    podLabels: props.podMetadata?.labels ?? {},
    podAnnotations: props.podMetadata?.annotations ?? {},
    labels: props.labels ?? {},
    annotations: props.annotations ?? {},
    gitOps: props.gitOps ?? GitOps.GUARDED,
  };
}

function memberRequest(name: string, engine: IEngine, props: DatabaseProps, tls: Tls, cpu: ICpu): MemberRequest {
  return {
    name,
    memory: props.resources?.memory ?? engine.defaults.memory,
    cores: cores(cpu) ?? 1,
    dataSize: props.storage.size,
    walSize: props.storage.wal?.size,
    tls: tls.secretName !== undefined,
    tlsRequired: tls.required,
    settings: props.settings ?? {},
    connections: props.sizing?.connections,
    startupTimeout: props.startupTimeout ?? startupTimeout(engine, props),
    dataMustExist: props.dataSource?.mustExist ?? false,
    restore: props.dataSource?.backups !== undefined,
    image: props.image,
  };
}

// A server that begins with a backup answers when it is loaded.
function startupTimeout(engine: IEngine, { dataSource, storage }: DatabaseProps): Duration {
  const own = engine.startupTimeout(storage.size);
  if (dataSource?.backups === undefined) { return own; }
  return Duration.seconds(own.toSeconds() + 24 * 3600 * Math.ceil(bytes(storage.size) / 2 ** 40));
}

/** Everything that is wrong, room by room, in the order of the props. */
export function checkDatabase(spec: DatabaseSpec): Problem[] {
  return [
    ...checkDatabaseName('name', spec.name),
    ...checkStorage(spec.storage),
    ...checkGuards('storage.annotations', spec.storage.annotations, guards(spec.gitOps, spec.storage.onDelete)),
    ...(spec.credentials.secretName === databaseNames(spec.name).credentials ? [] : checkCredentials('credentials', spec.credentials)),
    ...checkCpu('resources.cpu', spec.cpu),
    ...(spec.cpuLimit === undefined ? [] : checkCpu('resources.cpuLimit', spec.cpuLimit, cores(spec.cpu))),
    ...checkScheduling(spec.scheduling),
    ...checkNetwork(spec.network),
    ...checkTls('tls', spec.tls),
    ...checkLogVolume(spec),
    ...checkSource('dataSource', spec),
    ...checkSeconds('shutdownTimeout', spec.shutdownTimeout, 30),
    ...checkSeconds('startupTimeout', spec.request.startupTimeout, 300),
    ...(spec.request.image === undefined ? [] : checkImage('image', spec.request.image)),
    ...checkImageUser('imageUser', spec.imageUser),
    ...checkAcknowledged('acknowledgedWarnings', spec.acknowledgedWarnings, spec.engine.warnings(spec.request)),
    ...spec.imagePullSecrets.flatMap((secret, index) => checkObjectName(`imagePullSecrets[${index}]`, secret)),
    ...under('podMetadata', [...checkLabels(spec.podLabels, 'labels'), ...checkAnnotations(spec.podAnnotations, 'annotations')]),
    ...checkLabels(spec.labels, 'labels'),
    ...checkOwnKeys('labels', spec.labels),
    ...checkOwnKeys('podMetadata.labels', spec.podLabels),
    ...checkOwnKeys('podMetadata.annotations', spec.podAnnotations),
    ...checkAnnotations(spec.annotations, 'annotations'),
    ...checkKubernetesVersion('kubernetesVersion', spec.kubernetesVersion),
    ...spec.engine.check(spec.request),
  ];
}

function checkSource(path: string, { engine, storage }: DatabaseSpec): Problem[] {
  return [
    ...checkDataSource(path, storage.source, storage.wal !== undefined),
    ...checkSnapshots(path, storage.source.snapshots, engine),
    ...checkSnapshotVolumes(storage),
    ...checkBackupSource(path, storage.source, engine),
  ];
}

function checkSeconds(path: string, duration: Duration, least: number): Problem[] {
  const seconds = duration.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds >= least ? [] : [{ path, got: `${seconds} s`, want: `whole seconds, at least ${least}` }];
}

function checkLogVolume(spec: DatabaseSpec): Problem[] {
  const wal = spec.storage.wal;
  if (wal === undefined || spec.engine.separatesLog) { return []; }
  return [{ path: 'storage.wal', got: wal.size.asString(), want: `no volume of its own for the log: ${spec.engine.name} keeps it beside the data` }];
}

function checkImageUser(path: string, owner: ImageUser | undefined): Problem[] {
  return Object.entries(owner ?? {}).filter(([, id]) => !(Number.isInteger(id) && id >= 1 && id <= 2147483647))
    .map(([key, id]) => ({ path: `${path}.${key}`, got: `${id}`, want: 'a whole number from 1 to 2147483647; nothing here runs as root' }));
}

function checkImage(path: string, image: string): Problem[] {
  const pinned = /^[a-z0-9][\w./:-]*(?::(?!latest$)\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/.test(image);
  return pinned ? checkLine(path, image) : [{ path, got: quote(image), want: 'an image with a tag other than "latest", or with a digest' }];
}
