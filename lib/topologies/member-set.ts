import type { StatefulSet } from '../../imports/kubernetes/apps-v1';
import type { Volume, VolumeMount } from '../../imports/kubernetes/core-v1';
import type { FetchPlan } from '../core/fetch-plan';
import type { MemberPlan } from '../core/member-plan';
import { MOUNTS } from '../core/mounts';
import { databaseNames, objectLabels, selectorLabels } from '../core/names';
import { sharedScripts } from '../core/scripts';
import type { StringMap } from '../core/strings';
import { groupLabels } from '../scheduling/spread';
import { placement } from '../scheduling/placement';
import { containerSecurity, podSecurity } from '../security/pod-security';
import { SecretFilesSpec, secretMount, secretVolume } from '../security/secret-files';
import { TLS_KEYS } from '../security/tls';
import { ClaimSpec, claimTemplates, claimVolumes } from '../storage/claim';
import { guards } from '../storage/gitops';
import { claimRetention } from '../storage/retention';
import type { ContainerSpec } from '../workload/containers';
import { fetchVolumes } from '../workload/fetch-container';
import { memberPod } from '../workload/member-pod';
import { filesChecksum } from '../workload/mounted-files';
import { NODE_SCRIPTS } from '../workload/node-containers';
import { companionResources, resources } from '../workload/resources';
import { statefulSet } from '../workload/stateful-set';
import type { DatabaseSpec } from './database-spec';
import { NodeTuning } from './member-props';

/** The engine's plan, with what the topology adds: the user's own owner of the data, and the scripts of init containers. */
export function planOf(spec: DatabaseSpec): MemberPlan {
  const plan = spec.engine.plan(spec.request);
  const fetch = fetchPlanOf(spec);
  const nodeScripts = plan.nodeRequirements.length === 0 ? {} : sharedScripts(...NODE_SCRIPTS);
  return { ...plan, ...spec.imageUser, files: { ...plan.files, ...fetch?.files }, scripts: { ...plan.scripts, ...nodeScripts, ...fetch?.scripts } };
}

/** How the backup that the database begins with comes onto its volume, if it begins with one. */
export function fetchPlanOf(spec: DatabaseSpec): FetchPlan | undefined {
  const { at, backups } = spec.storage.source;
  return backups?.fetchPlan(at);
}

/** The labels by which everything finds the members. */
export function selectorOf(spec: DatabaseSpec): StringMap {
  return selectorLabels(spec.engine.name, spec.name);
}

/** The labels of the objects. */
export function labelsOf(spec: DatabaseSpec): StringMap {
  return objectLabels(spec.engine.name, spec.name, spec.labels);
}

/** What the claims of the members share. */
export function claimSpecOf(spec: DatabaseSpec): ClaimSpec {
  const guarded = guards(spec.gitOps, spec.storage.onDelete);
  return { storage: spec.storage, statefulSet: spec.name, labels: selectorOf(spec), guards: guarded };
}

/** The StatefulSet of some members. */
export function memberSet(spec: DatabaseSpec, plan: MemberPlan, replicas: number): StatefulSet {
  const names = databaseNames(spec.name);
  const secrets = secretFiles(spec, plan);
  return statefulSet({
    name: names.statefulSet,
    labels: labelsOf(spec),
    annotations: spec.annotations,
    selector: selectorOf(spec),
    service: names.headlessService,
    replicas,
    claimTemplates: claimTemplates(claimSpecOf(spec)),
    retention: claimRetention(spec.storage.onDelete),
    template: memberPod({
      ...containerSpec(spec, plan, secrets.map(secretMount)),
      plan,
      fetch: fetchPlanOf(spec),
      config: names.config,
      scripts: names.scripts,
      serviceAccount: names.serviceAccount,
      labels: { ...spec.podLabels, ...labelsOf(spec), ...groupLabels(spec.scheduling.spread) },
      annotations: spec.podAnnotations,
      checksum: filesChecksum(plan),
      security: podSecurity(plan),
      placement: placement(spec.scheduling, selectorOf(spec), replicas),
      shutdownSeconds: spec.shutdownTimeout.toSeconds(),
      imagePullSecrets: spec.imagePullSecrets,
      volumes: volumesOf(spec, secrets),
    }),
  });
}

function containerSpec(spec: DatabaseSpec, plan: MemberPlan, secretMounts: VolumeMount[]): ContainerSpec {
  const { cpu, cpuLimit, request } = spec;
  return {
    containerSecurity: containerSecurity(plan),
    imagePullPolicy: spec.imagePullPolicy,
    serverResources: resources({ memory: request.memory, cpu, cpuLimit, scratch: plan.scratch }),
    companionResources: companion => companionResources(companion, cpuLimit !== undefined),
    secretMounts,
    hasWal: spec.storage.wal !== undefined,
    setsNode: spec.nodeTuning === NodeTuning.SET_AS_PRIVILEGED,
  };
}

function volumesOf(spec: DatabaseSpec, secrets: SecretFilesSpec[]): Volume[] {
  const fetch = fetchPlanOf(spec);
  return [...secrets.map(secretVolume), ...claimVolumes(spec.storage), ...(fetch === undefined ? [] : fetchVolumes(fetch))];
}

function secretFiles(spec: DatabaseSpec, plan: MemberPlan): SecretFilesSpec[] {
  const tls = spec.tls.secretName;
  const keys = [...new Set(Object.values(plan.passwordKeys))];
  return [
    // A volume without a list of keys would hold all of them.
    ...(keys.length === 0 ? [] : [{ volume: 'credentials', secret: spec.credentials.secretName, keys, path: MOUNTS.credentials }]),
    ...(tls === undefined ? [] : [{ volume: 'tls', secret: tls, keys: TLS_KEYS, path: MOUNTS.tls }]),
  ];
}
