import { Problem, quote, under } from '../core/problems';
import { checkLabels, checkObjectName, StringMap } from '../core/strings';
import type { NodePool } from './node-pool';
import { Spread } from './spread';
import type { Toleration } from './toleration';

/** Where the pods run. */
export interface SchedulingProps {
  /**
   * How pods are kept apart.
   *
   * @default Spread.preferred()
   */
  readonly spread?: Spread;
  /**
   * The only zones to run in, by the nodes' label `topology.kubernetes.io/zone`.
   *
   * @default - every zone
   */
  readonly zones?: string[];
  /**
   * Labels that a node must have.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };
  /**
   * Taints that are put up with.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];
  /**
   * The name of the PriorityClass.
   *
   * @default - the cluster's default
   */
  readonly priorityClass?: string;
  /**
   * The pool of nodes to run on, with its taint.
   *
   * @default - every node
   */
  readonly nodePool?: NodePool;
}

/** Where the pods run, with every default filled in. */
export interface SchedulingSpec {
  readonly spread: Spread;
  readonly zones: string[];
  readonly nodeSelector: StringMap;
  readonly tolerations: Toleration[];
  readonly priorityClass: string | undefined;
  readonly nodePool: NodePool | undefined;
}

/** Fills in the defaults. */
export function resolveScheduling(props: SchedulingProps): SchedulingSpec {
  return {
    spread: props.spread ?? Spread.preferred(),
    zones: props.zones ?? [],
    nodeSelector: props.nodeSelector ?? {},
    tolerations: props.tolerations ?? [],
    priorityClass: props.priorityClass,
    nodePool: props.nodePool,
  };
}

/** Refuses labels and names that no node can have. */
export function checkScheduling(spec: SchedulingSpec): Problem[] {
  const group = spec.spread.group;
  const pool = spec.nodePool;
  return under('scheduling', [
    ...(group === undefined ? [] : checkRequired('spread.group', group)),
    ...spec.zones.flatMap((zone, index) => checkRequired(`zones[${index}]`, zone)),
    ...checkLabels(spec.nodeSelector, 'nodeSelector'),
    ...spec.tolerations.flatMap((toleration, index) => checkToleration(`tolerations[${index}]`, toleration)),
    ...(spec.priorityClass === undefined ? [] : checkObjectName('priorityClass', spec.priorityClass)),
    ...(pool === undefined ? [] : checkNodePool(pool, spec.nodeSelector)),
  ]);
}

function checkNodePool(pool: NodePool, nodeSelector: StringMap): Problem[] {
  const selected = Object.hasOwn(nodeSelector, pool.key) ? nodeSelector[pool.key] as string : pool.value;
  return [
    ...checkLabels({ [pool.key]: pool.value }, 'nodePool'),
    ...(selected !== pool.value ? [{ path: `nodeSelector.${pool.key}`, got: quote(selected), want: `${quote(pool.value)}, as of the node pool, or nothing` }] : []),
  ];
}

function checkToleration(path: string, toleration: Toleration): Problem[] {
  const wait = toleration.wait?.toSeconds({ integral: false });
  if (wait !== undefined) {
    return wait >= 30 && Number.isInteger(wait) ? [] : [{ path, got: `${wait} s`, want: 'whole seconds, at least 30' }];
  }
  return checkLabels({ [toleration.key]: toleration.value ?? '' }, path);
}

function checkRequired(path: string, value: string): Problem[] {
  if (value === '') { return [{ path, got: quote(value), want: 'text that is not empty' }]; }
  return checkLabels({ value }, '').map(problem => ({ ...problem, path }));
}
