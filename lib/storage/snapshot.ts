import type { TypedLocalObjectReference } from '../../imports/kubernetes/core-v1';
import type { VolumeSnapshot, VolumeSnapshotContent } from '../../imports/crds/snapshot.storage.k8s.io-v1';
import { Problem } from '../core/problems';
import { bytes } from '../core/quantity';
import type { StorageSpec } from './props';

const GROUP = 'snapshot.storage.k8s.io';

/** A snapshot that lies in the storage system, and the VolumeSnapshot that it gets. */
export interface KnownSnapshot {
  readonly name: string;
  readonly namespace: string;
  readonly driver: string;
  readonly handle: string;
}

/** What a claim is made from. */
export function snapshotReference(name: string): TypedLocalObjectReference {
  return { apiGroup: GROUP, kind: 'VolumeSnapshot', name };
}

/** The snapshot as the namespace sees it. */
export function volumeSnapshot(snapshot: KnownSnapshot): VolumeSnapshot {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'VolumeSnapshot',
    metadata: { name: snapshot.name },
    spec: { source: { volumeSnapshotContentName: contentName(snapshot.namespace, snapshot.name) } },
  };
}

/** The snapshot as the cluster sees it. It is kept in the storage system, whatever is deleted here. */
export function volumeSnapshotContent(snapshot: KnownSnapshot): VolumeSnapshotContent {
  const { driver, handle, name, namespace } = snapshot;
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'VolumeSnapshotContent',
    metadata: { name: contentName(namespace, name) },
    spec: {
      deletionPolicy: 'Retain',
      driver,
      source: { snapshotHandle: handle },
      sourceVolumeMode: 'Filesystem',
      volumeSnapshotRef: { apiVersion: `${GROUP}/v1`, kind: 'VolumeSnapshot', name, namespace },
    },
  };
}

/** The name of the content, which is the same for the whole cluster; no namespace has a point in its name. */
export function contentName(namespace: string, name: string): string {
  return `${namespace}.${name}`;
}

/** Refuses volumes that a snapshot cannot fill. */
export function checkSnapshotVolumes(storage: StorageSpec): Problem[] {
  const { snapshots } = storage.source;
  if (snapshots === undefined) { return []; }
  const { size } = snapshots;
  const small = size !== undefined && bytes(storage.data.size) < bytes(size);
  const byHand = [['storageClass', storage.data] as const, ['wal.storageClass', storage.wal] as const].filter(([, volume]) => volume?.storageClass?.fixedSize === true && !volume.storageClass.csi);
  return [
    ...(small ? [{ path: 'storage.size', got: storage.data.size.asString(), want: `at least ${size.asString()}, the size of the volume that the snapshot was taken of` }] : []),
    ...byHand.map(([path]) => ({ path: `storage.${path}`, got: 'volumes that are made by hand', want: 'a class of the CSI driver that took the snapshot' })),
  ];
}
