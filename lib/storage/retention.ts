import type { StatefulSetPersistentVolumeClaimRetentionPolicy } from '../../imports/kubernetes/apps-v1';
import type { OnDelete } from './on-delete';

/** What the StatefulSet controller does with claims: it keeps them, unless the user accepted their loss. */
export function claimRetention(onDelete: OnDelete): StatefulSetPersistentVolumeClaimRetentionPolicy {
  return { whenDeleted: onDelete.keepsData ? 'Retain' : 'Delete', whenScaled: 'Retain' };
}
