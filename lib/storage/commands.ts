import { CLAIM_TEMPLATES, claimName } from '../core/names';
import { quantity } from '../core/quantity';
import { volumes } from './claim';
import type { StorageSpec } from './props';

/** Where the volumes of a database are found. */
export interface VolumePlace {
  readonly storage: StorageSpec;
  readonly statefulSet: string;
  readonly replicas: number;
  readonly namespace: string | undefined;
}

/**
 * The commands that grow the volumes to the sizes of the manifests.
 *
 * Claim templates are immutable, so the claims are grown themselves, and the StatefulSet is replaced without its pods.
 */
export function growthCommands(place: VolumePlace): string[] {
  const kubectl = kubectlIn(place.namespace);
  const claims = place.storage.source.claims;
  const patches = ordinals(place.replicas).flatMap(ordinal => volumes(place.storage).map(([template, volume]) => {
    const existing = template === CLAIM_TEMPLATES.data ? claims?.data : claims?.wal;
    const name = existing ?? claimName(template, place.statefulSet, ordinal);
    const patch = JSON.stringify({ spec: { resources: { requests: { storage: quantity(volume.size) } } } });
    return `${kubectl} patch persistentvolumeclaim ${name} --type merge --patch '${patch}'`;
  }));
  const replace = `${kubectl} delete statefulset ${place.statefulSet} --cascade=orphan --ignore-not-found`;
  return claims === undefined ? [...patches, replace] : patches;
}

/** The commands that free released volumes for the claims of this database. */
export function adoptionCommands(place: VolumePlace): string[] {
  const released = place.storage.source.volumes;
  if (released === undefined) { return []; }
  return volumes(place.storage).map(([template]) => {
    const volume = template === CLAIM_TEMPLATES.data ? released.data : released.wal as string;
    const reference = { name: claimName(template, place.statefulSet, 0), namespace: place.namespace ?? 'default', uid: null, resourceVersion: null };
    return `kubectl patch persistentvolume ${volume} --type merge --patch '${JSON.stringify({ spec: { claimRef: reference } })}'`;
  });
}

function kubectlIn(namespace: string | undefined): string {
  return namespace === undefined ? 'kubectl' : `kubectl --namespace ${namespace}`;
}

function ordinals(replicas: number): number[] {
  return Array.from({ length: replicas }, (_, ordinal) => ordinal);
}
