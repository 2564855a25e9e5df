import type { StatefulSet, StatefulSetSpec } from '../../imports/kubernetes/apps-v1';
import type { PersistentVolumeClaim, PodTemplateSpec } from '../../imports/kubernetes/core-v1';
import type { StringMap } from '../core/strings';

/** The parts of a StatefulSet. */
export interface StatefulSetParts {
  readonly name: string;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly selector: StringMap;
  readonly service: string;
  readonly replicas: number;
  readonly template: PodTemplateSpec;
  readonly claimTemplates: PersistentVolumeClaim[];
  readonly retention: StatefulSetSpec['persistentVolumeClaimRetentionPolicy'];
}

/** The members of a database. */
export function statefulSet(parts: StatefulSetParts): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: parts.name,
      labels: parts.labels,
      ...(Object.keys(parts.annotations).length === 0 ? {} : { annotations: parts.annotations }),
    },
    spec: {
      persistentVolumeClaimRetentionPolicy: parts.retention,
      // With OrderedReady a pod of a bad template is never replaced by the reverted one (kubernetes/kubernetes#67250).
      podManagementPolicy: 'Parallel',
      replicas: parts.replicas,
      revisionHistoryLimit: 10,
      selector: { matchLabels: parts.selector },
      serviceName: parts.service,
      template: parts.template,
      updateStrategy: { type: 'RollingUpdate' },
      ...(parts.claimTemplates.length === 0 ? {} : { volumeClaimTemplates: parts.claimTemplates }),
    },
  };
}
