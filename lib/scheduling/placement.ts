import type { Affinity, PodSpec, Toleration as PodToleration } from '../../imports/kubernetes/core-v1';
import type { StringMap } from '../core/strings';
import type { SchedulingSpec } from './props';
import { antiAffinity, topologySpread } from './spread';
import type { Toleration } from './toleration';

/** The part of a pod that says where it runs. */
export type Placement = Pick<PodSpec, 'affinity' | 'nodeSelector' | 'priorityClassName' | 'tolerations' | 'topologySpreadConstraints'>;

/** Where the pods of one database run; fields that say nothing are left out. */
export function placement(spec: SchedulingSpec, selector: StringMap, replicas: number): Placement {
  const who = { spread: spec.spread, selector, replicas };
  const pool = spec.nodePool;
  const nodeSelector = { ...spec.nodeSelector, ...(pool === undefined ? {} : { [pool.key]: pool.value }) };
  const affinity = { ...zoneAffinity(spec.zones), ...someOf('podAntiAffinity', antiAffinity(who)) };
  return {
    ...someOf('affinity', nonEmpty(affinity)),
    ...someOf('nodeSelector', nonEmpty(nodeSelector)),
    ...someOf('priorityClassName', spec.priorityClass),
    ...someOf('tolerations', nonEmpty(tolerations(spec))),
    ...someOf('topologySpreadConstraints', nonEmpty(topologySpread(who))),
  };
}

function zoneAffinity(zones: string[]): Affinity {
  if (zones.length === 0) { return {}; }
  const expression = { key: 'topology.kubernetes.io/zone', operator: 'In', values: zones };
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } } };
}

function tolerations(spec: SchedulingSpec): PodToleration[] {
  const pool = spec.nodePool === undefined ? []
    : [{ key: spec.nodePool.key, operator: 'Equal', value: spec.nodePool.value, effect: 'NoSchedule' }];
  return [...pool, ...spec.tolerations.flatMap(podTolerations)];
}

function podTolerations(toleration: Toleration): PodToleration[] {
  if (toleration.wait !== undefined) {
    const seconds = toleration.wait.toSeconds();
    return ['not-ready', 'unreachable'].map(state => (
      { key: `node.kubernetes.io/${state}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: seconds }));
  }
  return [{
    key: toleration.key,
    ...(toleration.value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value: toleration.value }),
    ...someOf('effect', toleration.effect),
  }];
}

function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function someOf<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : { [key]: value } as { [P in K]?: V };
}
