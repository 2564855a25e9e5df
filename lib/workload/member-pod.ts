import type { Container, PodSpec, PodTemplateSpec, Volume } from '../../imports/kubernetes/core-v1';
import type { FetchPlan } from '../core/fetch-plan';
import type { MemberPlan } from '../core/member-plan';
import { OWN_KEYS } from '../core/names';
import { quantity } from '../core/quantity';
import type { StringMap } from '../core/strings';
import { companionContainer, ContainerSpec, serverContainer } from './containers';
import { fetchContainer } from './fetch-container';
import { fileVolumes } from './mounted-files';
import { nodeContainers } from './node-containers';

/** Everything that a member's pod is made of; nothing is decided here. */
export interface MemberPodSpec extends ContainerSpec {
  readonly plan: MemberPlan;
  /** How a backup comes onto the volume, if the database begins with one. */
  readonly fetch?: FetchPlan;
  readonly config: string;
  readonly scripts: string;
  readonly serviceAccount: string;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly checksum: string;
  readonly security: PodSpec['securityContext'];
  readonly placement: Partial<PodSpec>;
  readonly shutdownSeconds: number;
  readonly imagePullSecrets: string[];
  /** Secrets and claims that are named in the pod itself. */
  readonly volumes: Volume[];
}

/** The template of a member's pod. */
export function memberPod(spec: MemberPodSpec): PodTemplateSpec {
  return {
    metadata: {
      annotations: {
        ...spec.annotations,
        // `kubectl logs` and `kubectl exec` take the server, not a companion.
        'kubectl.kubernetes.io/default-container': spec.plan.container,
        [OWN_KEYS.files]: spec.checksum,
      },
      labels: spec.labels,
    },
    spec: {
      ...spec.placement,
      automountServiceAccountToken: false,
      containers: containers(spec),
      ...initContainers(spec),
      // Variables for every Service of the namespace could shadow the server's own.
      enableServiceLinks: false,
      ...(spec.imagePullSecrets.length === 0 ? {} : { imagePullSecrets: spec.imagePullSecrets.map(name => ({ name })) }),
      securityContext: spec.security,
      serviceAccountName: spec.serviceAccount,
      terminationGracePeriodSeconds: spec.shutdownSeconds,
      volumes: [...fileVolumes(spec), ...spec.volumes, ...scratchVolumes(spec.plan)],
    },
  };
}

function containers(spec: MemberPodSpec): Container[] {
  return [serverContainer(spec, spec.plan), ...spec.plan.companions.map(companion => companionContainer(spec, spec.plan, companion))];
}

function initContainers(spec: MemberPodSpec): Pick<PodSpec, 'initContainers'> {
  const fetching = spec.fetch === undefined ? [] : [fetchContainer(spec, spec.plan, spec.fetch)];
  const all = [...nodeContainers(spec, spec.plan), ...fetching];
  return all.length === 0 ? {} : { initContainers: all };
}

function scratchVolumes(plan: MemberPlan): Volume[] {
  return plan.scratch.map(({ name, size, inMemory }) => (
    { name, emptyDir: { ...(inMemory ? { medium: 'Memory' } : {}), sizeLimit: quantity(size) } }));
}
