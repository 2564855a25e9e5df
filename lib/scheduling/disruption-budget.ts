import type { PodDisruptionBudget } from '../../imports/kubernetes/policy-v1';
import type { StringMap } from '../core/strings';

/** Which pods a budget protects. */
export interface DisruptionBudgetSpec {
  readonly name: string;
  readonly labels: StringMap;
  readonly selector: StringMap;
  readonly replicas: number;
}

/**
 * One member at a time. None for a single instance: it could only forbid every drain of its node, or nothing.
 *
 * Pods that are not ready may always be evicted, else a broken pod blocks its node for ever.
 */
export function disruptionBudget(spec: DisruptionBudgetSpec): PodDisruptionBudget | undefined {
  if (spec.replicas < 2) { return undefined; }
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: spec.name, labels: spec.labels },
    spec: { maxUnavailable: 1, selector: { matchLabels: spec.selector }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}
