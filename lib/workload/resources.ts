import { Size } from 'cdk8s';
import type { ResourceRequirements } from '../../imports/kubernetes/core-v1';
import { Cpu, cpuQuantity, ICpu } from '../core/cpu';
import type { CompanionPlan, ScratchPlan } from '../core/member-plan';
import { mebibytes, quantity } from '../core/quantity';

/** What one container may use. */
export interface ResourcesSpec {
  readonly memory: Size;
  readonly cpu: ICpu;
  readonly cpuLimit: ICpu | undefined;
  readonly scratch: ScratchPlan[];
}

// The kubelet keeps five log files of 10 MiB per container by default; the rest is room for the root file system's layer.
const LOGS_MEBIBYTES = 128;

/** Memory is never overcommitted: what a database was promised is what it gets, and what it is held to. */
export function resources(spec: ResourcesSpec): ResourceRequirements {
  const onDisk = spec.scratch.filter(({ inMemory }) => !inMemory).reduce((sum, { size }) => sum + mebibytes(size), 0);
  const common = { 'ephemeral-storage': quantity(Size.mebibytes(onDisk + LOGS_MEBIBYTES)), 'memory': quantity(spec.memory) };
  return {
    requests: { cpu: cpuQuantity(spec.cpu), ...common },
    limits: { ...(spec.cpuLimit === undefined ? {} : { cpu: cpuQuantity(spec.cpuLimit) }), ...common },
  };
}

/** What a companion may use; it is limited in processor time where the server is. */
export function companionResources(companion: CompanionPlan, limited: boolean): ResourceRequirements {
  const cpu = Cpu.millis(companion.cpuMillis);
  const limit = Cpu.millis(companion.cpuMillis * 10);
  return resources({ memory: companion.memory, cpu, cpuLimit: limited ? limit : undefined, scratch: [] });
}
