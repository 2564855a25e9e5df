import { Size } from 'cdk8s';
import { DatabaseStorageClass, DataSource, IStorageClass, KubernetesVersion, Provisioner, SnapshotNames, StorageClassRef } from '../../lib';
import { resolveStorage } from '../../lib/storage/props';
import { checkSnapshotVolumes, snapshotReference } from '../../lib/storage/snapshot';
import { newChart } from '../rendering';

function check(snapshots: Partial<SnapshotNames>, size: Size, storageClass?: IStorageClass): string[] {
  const storage = resolveStorage({ size, storageClass }, DataSource.snapshot({ data: 'a', ...snapshots }), KubernetesVersion.OLDEST);
  return checkSnapshotVolumes(storage).map(({ path, got }) => `${path}: ${got}`);
}

test('a claim names the snapshot with its group and kind', () => {
  expect(snapshotReference('orders-1')).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'orders-1' });
});

test('a volume may be as large as the one that the snapshot was taken of, and larger', () => {
  expect(check({ size: Size.gibibytes(2) }, Size.gibibytes(2))).toEqual([]);
  expect(check({ size: Size.gibibytes(2) }, Size.gibibytes(3))).toEqual([]);
  expect(check({ size: Size.gibibytes(2) }, Size.mebibytes(2047))).toEqual(['storage.size: 2047Mi']);
  expect(check({}, Size.gibibytes(1))).toEqual([]);
});

test('volumes that nobody makes are refused, and what is not known of a class is not held against it', () => {
  const chart = newChart();
  const local = new DatabaseStorageClass(chart, 'local', { provisioner: Provisioner.local() });
  const disks = new DatabaseStorageClass(chart, 'disks', { provisioner: Provisioner.csi('csi.example.com') });
  expect(check({}, Size.gibibytes(1), local)).toEqual(['storage.storageClass: volumes that are made by hand']);
  for (const each of [disks, StorageClassRef.named('fast'), undefined, { storageClassName: 'fixed', csi: true, fixedSize: true }]) {
    expect(check({}, Size.gibibytes(1), each)).toEqual([]);
  }
});

test('other data sources have no snapshots to check', () => {
  const storage = resolveStorage({ size: Size.gibibytes(1) }, DataSource.empty(), KubernetesVersion.OLDEST);
  expect(checkSnapshotVolumes(storage)).toEqual([]);
});
