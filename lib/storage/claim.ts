import type { PersistentVolumeClaim, PersistentVolumeClaimSpec, Volume } from '../../imports/kubernetes/core-v1';
import { CLAIM_TEMPLATES, claimName } from '../core/names';
import { quantity } from '../core/quantity';
import type { StringMap } from '../core/strings';
import type { StorageSpec, VolumeSpec } from './props';
import { snapshotReference } from './snapshot';

/** What the claims of a database share. */
export interface ClaimSpec {
  readonly storage: StorageSpec;
  /** The name of the StatefulSet. */
  readonly statefulSet: string;
  /** Only what never changes: a claim template is immutable. */
  readonly labels: StringMap;
  /** What keeps GitOps tools from deleting the claims. */
  readonly guards: StringMap;
}

/** What a volume begins with, where it is not empty. */
type Origin = Pick<PersistentVolumeClaimSpec, 'dataSource' | 'volumeName'>;

/** The claim templates; none where claims exist that are to be used. */
export function claimTemplates(spec: ClaimSpec): PersistentVolumeClaim[] {
  const { claims, snapshots } = spec.storage.source;
  if (claims !== undefined) { return []; }
  return volumes(spec.storage).map(([template, volume]) => {
    const snapshot = template === CLAIM_TEMPLATES.data ? snapshots?.data : snapshots?.wal;
    return claim(spec, template, volume, snapshot === undefined ? {} : { dataSource: snapshotReference(snapshot) });
  });
}

/** Claims bound to volumes that lost theirs, under the names that the StatefulSet looks for. */
export function adoptingClaims(spec: ClaimSpec): PersistentVolumeClaim[] {
  const released = spec.storage.source.volumes;
  if (released === undefined) { return []; }
  return volumes(spec.storage).map(([template, volume]) => {
    const volumeName = template === CLAIM_TEMPLATES.data ? released.data : released.wal;
    return claim(spec, claimName(template, spec.statefulSet, 0), volume, { volumeName });
  });
}

/** The pod's own references to claims that exist; claim templates make theirs by themselves. */
export function claimVolumes(storage: StorageSpec): Volume[] {
  const claims = storage.source.claims;
  if (claims === undefined) { return []; }
  return volumes(storage).map(([template]) => ({
    name: template,
    persistentVolumeClaim: { claimName: template === CLAIM_TEMPLATES.data ? claims.data : claims.wal as string },
  }));
}

/** The volumes of a member, by the name of their claim template. */
export function volumes(storage: StorageSpec): [string, VolumeSpec][] {
  return [
    [CLAIM_TEMPLATES.data, storage.data],
    ...(storage.wal === undefined ? [] : [[CLAIM_TEMPLATES.wal, storage.wal] as [string, VolumeSpec]]),
  ];
}

// Everything is written out, kind and volumeMode included: what the API server fills in shows as a difference in GitOps
// tools for ever (argoproj/argo-cd#11143).
function claim(spec: ClaimSpec, name: string, volume: VolumeSpec, origin: Origin): PersistentVolumeClaim {
  const annotations = { ...spec.storage.annotations, ...spec.guards };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels: spec.labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      accessModes: [spec.storage.accessMode.mode],
      resources: { requests: { storage: quantity(volume.size) } },
      ...(volume.storageClass === undefined ? {} : { storageClassName: volume.storageClass.storageClassName }),
      volumeMode: 'Filesystem',
      ...origin,
    },
  };
}
