import type { Container, EnvVar, Probe, ResourceRequirements, SecurityContext, VolumeMount } from '../../imports/kubernetes/core-v1';
import type { CompanionPlan, MemberPlan, ProbePlan, ScratchPlan } from '../core/member-plan';
import { CLAIM_TEMPLATES } from '../core/names';
import { sortedEntries, StringMap } from '../core/strings';
import { fileMounts } from './mounted-files';

/** What the containers of a member need beside the plan. */
export interface ContainerSpec {
  readonly containerSecurity: SecurityContext;
  readonly imagePullPolicy: string;
  readonly serverResources: ResourceRequirements;
  readonly companionResources: (companion: CompanionPlan) => ResourceRequirements;
  readonly secretMounts: VolumeMount[];
  readonly hasWal: boolean;
  /** Whether a privileged container sets what the server needs of the node. */
  readonly setsNode: boolean;
}

/** The server. */
export function serverContainer(spec: ContainerSpec, plan: MemberPlan): Container {
  return {
    name: plan.container,
    image: plan.image,
    imagePullPolicy: spec.imagePullPolicy,
    command: plan.command,
    env: environment(plan.environment),
    ports: plan.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
    startupProbe: probe(plan.startup),
    readinessProbe: probe(plan.readiness),
    livenessProbe: probe(plan.liveness),
    ...(plan.stopCommand.length === 0 ? {} : { lifecycle: { preStop: { exec: { command: plan.stopCommand } } } }),
    resources: spec.serverResources,
    securityContext: spec.containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [...volumeMounts(spec, plan), ...fileMounts(), ...spec.secretMounts, ...plan.scratch.map(scratchMount)],
  };
}

/** A container beside the server: the same image, files and rights, and a Secret only where it has to be. */
export function companionContainer(spec: ContainerSpec, plan: MemberPlan, companion: CompanionPlan): Container {
  const seen = companion.seesVolumes ? volumeMounts(spec, plan).map(mount => ({ ...mount, readOnly: true })) : [];
  const shared = plan.scratch.filter(({ name }) => companion.sharedScratch.includes(name));
  return {
    name: companion.name,
    image: plan.image,
    imagePullPolicy: spec.imagePullPolicy,
    command: companion.command,
    env: environment(companion.environment),
    resources: spec.companionResources(companion),
    securityContext: spec.containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [...seen, ...fileMounts(), ...(companion.seesSecrets ? spec.secretMounts : []), ...shared.map(scratchMount)],
  };
}

/** Where the data volume is mounted. */
export function dataVolumeMount(plan: MemberPlan): VolumeMount {
  return { name: CLAIM_TEMPLATES.data, mountPath: plan.dataMount };
}

function volumeMounts(spec: ContainerSpec, plan: MemberPlan): VolumeMount[] {
  return [
    dataVolumeMount(plan),
    ...(spec.hasWal && plan.walMount !== undefined ? [{ name: CLAIM_TEMPLATES.wal, mountPath: plan.walMount }] : []),
  ];
}

function scratchMount({ name, path }: ScratchPlan): VolumeMount {
  return { name, mountPath: path };
}

/** Environment variables, sorted. The kubelet expands $(NAME) in values; doubled, a dollar stays what it is. */
export function environment(values: StringMap): EnvVar[] {
  return sortedEntries(values).map(([name, value]) => ({ name, value: value.replace(/\$/g, '$$$$') }));
}

function probe(plan: ProbePlan): Probe {
  return {
    exec: { command: plan.command },
    periodSeconds: plan.period.toSeconds(),
    timeoutSeconds: plan.timeout.toSeconds(),
    failureThreshold: plan.failures,
  };
}
