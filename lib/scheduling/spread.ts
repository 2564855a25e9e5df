import type { LabelSelector } from '../../imports/kubernetes/meta-v1';
import type { Affinity, TopologySpreadConstraint } from '../../imports/kubernetes/core-v1';
import { OWN_KEYS } from '../core/names';
import type { StringMap } from '../core/strings';

const ZONE = 'topology.kubernetes.io/zone';
const NODE = 'kubernetes.io/hostname';

/** How the pods of a database, or of a group of databases, are kept apart. */
export class Spread {
  /**
   * Over zones and nodes where possible; a pod is never left unscheduled for it.
   *
   * @param group databases of the same group are spread among themselves as well, the single instances of a fleet for example
   */
  public static preferred(group?: string): Spread { return new Spread(false, group); }

  /**
   * Over zones and nodes always: a pod waits rather than share a node.
   *
   * @param group databases of the same group never share a node
   */
  public static required(group?: string): Spread { return new Spread(true, group); }

  private constructor(
    /** Whether a pod waits until it can be placed apart from the others. */
    public readonly hard: boolean,
    /** The group within which pods are kept apart; the database itself when it is missing. */
    public readonly group?: string,
  ) {}
}

/** Whose pods are spread, and how many there are. */
export interface SpreadSpec {
  readonly spread: Spread;
  readonly selector: StringMap;
  readonly replicas: number;
}

/** Even numbers over zones, then over nodes. One pod alone has nobody to be spread from. */
export function topologySpread(spec: SpreadSpec): TopologySpreadConstraint[] {
  if (isAlone(spec)) { return []; }
  const whenUnsatisfiable = spec.spread.hard ? 'DoNotSchedule' : 'ScheduleAnyway';
  // A group may have many more pods than there are zones and nodes; then the numbers are even, and nothing is forbidden.
  return [ZONE, NODE].map(topologyKey => ({ maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector: peers(spec) }));
}

/** No two pods on one node, or rather not. */
export function antiAffinity(spec: SpreadSpec): Affinity['podAntiAffinity'] {
  if (isAlone(spec)) { return undefined; }
  const term = { labelSelector: peers(spec), topologyKey: NODE };
  return spec.spread.hard
    ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
    : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
}

/** The label that puts a pod into its group. */
export function groupLabels(spread: Spread): StringMap {
  return spread.group === undefined ? {} : { [OWN_KEYS.spreadGroup]: spread.group };
}

function isAlone(spec: SpreadSpec): boolean {
  return spec.replicas < 2 && spec.spread.group === undefined;
}

function peers(spec: SpreadSpec): LabelSelector {
  return { matchLabels: spec.spread.group === undefined ? spec.selector : groupLabels(spec.spread) };
}
