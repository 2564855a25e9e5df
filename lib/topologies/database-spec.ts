import { Duration } from 'cdk8s';
import { cores, Cpu, ICpu } from '../core/cpu';
import { DataSource } from '../core/data-source';
import type { IEngine } from '../core/engine';
import type { MemberRequest } from '../core/member-request';
import { bytes } from '../core/quantity';
import { KubernetesVersion } from '../core/kubernetes-version';
import { databaseNames } from '../core/names';
import { StringMap } from '../core/strings';
import { NetworkSpec, resolveNetwork } from '../networking/props';
import { resolveScheduling, SchedulingSpec } from '../scheduling/props';
import { Credentials } from '../security/credentials';
import { Tls } from '../security/tls';
import { GitOps } from '../storage/gitops';
import { resolveStorage, StorageSpec } from '../storage/props';
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
