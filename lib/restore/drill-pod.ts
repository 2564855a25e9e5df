import type { Container, PodTemplateSpec, Volume } from '../../imports/kubernetes/core-v1';
import type { MemberPlan } from '../core/member-plan';
import { MOUNTS, scriptPath } from '../core/mounts';
import { CLAIM_TEMPLATES, jobLabels, jobNames, objectLabels } from '../core/names';
import { quantity } from '../core/quantity';
import { sharedScripts } from '../core/scripts';
import type { StringMap } from '../core/strings';
import { containerSecurity, podSecurity } from '../security/pod-security';
import { ContainerSpec, dataVolumeMount, environment } from '../workload/containers';
import { fetchContainer, fetchVolumes } from '../workload/fetch-container';
import { fileMounts, fileVolumes } from '../workload/mounted-files';
import { nodeContainers, NODE_SCRIPTS } from '../workload/node-containers';
import { resources } from '../workload/resources';
import { dumpPlanOf, DrillSpec } from './spec';

const DRILL = { name: 'drill-run', mountPath: '/run/drill' };
const CREDENTIALS = { name: 'credentials', mountPath: MOUNTS.credentials };

/** The labels by which the pods of a drill are found. */
export function drillLabels({ backup, name }: DrillSpec): StringMap {
  return jobLabels(backup.engine.name, name, 'restore-drill');
}

/** The labels of its objects and pods. */
export function objectLabelsOf(spec: DrillSpec): StringMap {
  return { ...objectLabels(spec.backup.engine.name, spec.name, {}), ...drillLabels(spec) };
}

/** What the pod finds in its ConfigMaps: what the server would, and the questions. */
export function drillFiles(spec: DrillSpec, plan: MemberPlan): { config: StringMap; scripts: StringMap } {
  const fetch = spec.backup.fetchPlan(spec.at);
  const questions = Object.fromEntries(spec.assertions.map(({ text }, index) => [`assertion-${`${index + 1}`.padStart(2, '0')}`, `${text}\n`]));
  const node = plan.nodeRequirements.length === 0 ? {} : sharedScripts(...NODE_SCRIPTS);
  const { 'dump.sh': _dump, ...asking } = dumpPlanOf(spec)?.scripts ?? {};
  return {
    config: { ...plan.files, ...fetch.files, ...questions },
    scripts: { ...plan.scripts, ...node, ...fetch.scripts, ...asking, ...sharedScripts('drill.sh', 'drill-result.sh', 'json.sh') },
  };
}

/** The backup onto an ephemeral volume, and then the server itself beside the one that asks it. */
export function drillPod(spec: DrillSpec, plan: MemberPlan): PodTemplateSpec {
  const { image } = spec.backup;
  const fetch = spec.backup.fetchPlan(spec.at);
  const names = jobNames(spec.name);
  const shared: ContainerSpec = {
    containerSecurity: containerSecurity(plan), imagePullPolicy: image.imagePullPolicy ?? 'IfNotPresent', serverResources: serverResources(spec, plan),
    companionResources: () => ({}), secretMounts: [], hasWal: false, setsNode: false,
  };
  return {
    metadata: { labels: objectLabelsOf(spec) },
    spec: {
      automountServiceAccountToken: false,
      initContainers: [...nodeContainers(shared, plan), fetchContainer(shared, plan, fetch)],
      containers: [drillContainer(spec, plan, shared)],
      enableServiceLinks: false,
      ...(image.imagePullSecrets === undefined || image.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: image.imagePullSecrets.map(name => ({ name })) }),
      restartPolicy: 'Never',
      securityContext: podSecurity(plan),
      serviceAccountName: names.serviceAccount,
      terminationGracePeriodSeconds: 60,
      volumes: [...fileVolumes({ config: names.config, scripts: names.scripts }), ...fetchVolumes(fetch), ...ownVolumes(spec, plan)],
    },
  };
}

function drillContainer(spec: DrillSpec, plan: MemberPlan, shared: ContainerSpec): Container {
  const own = {
    CONFIG_DIR: MOUNTS.config,
    CREDENTIALS_DIR: MOUNTS.credentials,
    DB_NAME: plan.client.database,
    DRILL_DIR: DRILL.mountPath,
    MAX_AGE: `${spec.maxAge.toSeconds()}`,
    MESSAGE_FILE: '/dev/termination-log',
    PASSWORD_NAMES: [...new Set(Object.values(plan.passwordKeys))].join(' '),
    VOLUME_DIR: plan.dataMount,
  };
  return {
    name: 'drill',
    image: plan.image,
    imagePullPolicy: shared.imagePullPolicy,
    command: [scriptPath('drill.sh')],
    env: environment({ RUN_DIR: DRILL.mountPath, ...dumpPlanOf(spec)?.environment, ...plan.environment, ...own }),
    resources: shared.serverResources,
    securityContext: shared.containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [dataVolumeMount(plan), ...fileMounts(), CREDENTIALS, DRILL, ...plan.scratch.map(({ name, path }) => ({ name, mountPath: path }))],
  };
}

function serverResources(spec: DrillSpec, plan: MemberPlan): ContainerSpec['serverResources'] {
  const onDisk = spec.volumeClass === undefined ? [{ name: CLAIM_TEMPLATES.data, path: plan.dataMount, size: spec.request.dataSize, inMemory: false }] : [];
  return resources({ memory: spec.request.memory, cpu: spec.cpu, cpuLimit: undefined, scratch: [...plan.scratch, ...onDisk] });
}

// The passwords of the copy are made in memory, and die with it.
function ownVolumes({ request, volumeClass }: DrillSpec, plan: MemberPlan): Volume[] {
  const storage = quantity(request.dataSize);
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, storageClassName: volumeClass?.storageClassName, volumeMode: 'Filesystem' };
  return [
    volumeClass === undefined ? { name: CLAIM_TEMPLATES.data, emptyDir: { sizeLimit: storage } } : { name: CLAIM_TEMPLATES.data, ephemeral: { volumeClaimTemplate: { spec: claim } } },
    { name: CREDENTIALS.name, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: DRILL.name, emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
    ...plan.scratch.map(({ inMemory, name, size }) => ({ name, emptyDir: { ...(inMemory ? { medium: 'Memory' } : {}), sizeLimit: quantity(size) } })),
  ];
}
