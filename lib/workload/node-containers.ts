import { Size } from 'cdk8s';
import type { Container, SecurityContext } from '../../imports/kubernetes/core-v1';
import { Cpu } from '../core/cpu';
import type { MemberPlan } from '../core/member-plan';
import { scriptPath } from '../core/mounts';
import { requirementLines } from '../core/node-requirement';
import type { ContainerSpec } from './containers';
import { dataVolumeMount, environment } from './containers';
import { fileMounts } from './mounted-files';
import { resources } from './resources';

const CHECK = 'node-check';
const SETUP = 'node-setup';

/** The scripts of the containers below. */
export const NODE_SCRIPTS = [`${CHECK}.sh`, `${SETUP}.sh`];

// The one container that is not confined: it writes to the node's kernel, because the user asked for it.
const PRIVILEGED: SecurityContext = {
  privileged: true, readOnlyRootFilesystem: true, runAsGroup: 0, runAsNonRoot: false, runAsUser: 0,
};

/** What runs before the server to see, or to make, that its node is as it needs it; nothing where it needs nothing. */
export function nodeContainers(spec: ContainerSpec, plan: MemberPlan): Container[] {
  if (plan.nodeRequirements.length === 0) { return []; }
  const check = nodeContainer(spec, plan, CHECK, spec.containerSecurity);
  return spec.setsNode ? [nodeContainer(spec, plan, SETUP, PRIVILEGED), check] : [check];
}

function nodeContainer(spec: ContainerSpec, plan: MemberPlan, name: string, securityContext: SecurityContext): Container {
  return {
    name,
    image: plan.image,
    imagePullPolicy: spec.imagePullPolicy,
    command: [scriptPath(`${name}.sh`)],
    env: environment({ DATA_MOUNT: plan.dataMount, NODE_REQUIREMENTS: requirementLines(plan.nodeRequirements) }),
    resources: resources({ memory: Size.mebibytes(32), cpu: Cpu.millis(10), cpuLimit: undefined, scratch: [] }),
    securityContext,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [...(name === CHECK ? [{ ...dataVolumeMount(plan), readOnly: true }] : []), ...fileMounts()],
  };
}
