import { Size } from 'cdk8s';
import { Postgres, SingleInstanceDb, SnapshotRestore, SnapshotRestoreProps } from '../../lib';
import { validate, schemasPresent, type Manifest } from '../kubernetes-schemas';
import { find, newChart, objects } from '../rendering';

const ELSEWHERE = { handle: 'snap-0123456789abcdef0', driver: 'ebs.csi.aws.com' };

function restore(props: Partial<SnapshotRestoreProps> = {}): SnapshotRestore {
  return new SnapshotRestore(newChart(), 'before', { snapshot: 'orders-20261120', size: Size.gibibytes(50), ...props });
}

test('a snapshot of the namespace needs no object', () => {
  expect(objects(restore())).toEqual([]);
  expect(restore().snapshotName).toBe('orders-20261120');
});

test('a snapshot from elsewhere gets a content that keeps it, and a VolumeSnapshot; each names the other', () => {
  expect(objects(restore(ELSEWHERE))).toEqual([
    {
      apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotContent', metadata: { name: 'shop.orders-20261120' },
      spec: {
        deletionPolicy: 'Retain', driver: 'ebs.csi.aws.com', source: { snapshotHandle: 'snap-0123456789abcdef0' }, sourceVolumeMode: 'Filesystem',
        volumeSnapshotRef: { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', name: 'orders-20261120', namespace: 'shop' },
      },
    },
    {
      apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'orders-20261120', namespace: 'shop' },
      spec: { source: { volumeSnapshotContentName: 'shop.orders-20261120' } },
    },
  ]);
});

test('both are what their CRDs take', () => {
  const manifests = objects(restore(ELSEWHERE)) as unknown as Manifest[];
  expect(manifests).toHaveLength(2);
  if (schemasPresent()) { expect(manifests.flatMap(manifest => validate(manifest, 'v1.34'))).toEqual([]); }
});

test('two restores of one snapshot that exists are no conflict', () => {
  const first = restore();
  const second = new SnapshotRestore(first.node.scope as SnapshotRestore, 'again', { snapshot: 'orders-20261120', size: Size.gibibytes(50) });
  expect(second.snapshotName).toBe(first.snapshotName);
});

test('a database of it has its claims made of the snapshot, in either case, and does not start on an empty volume', () => {
  for (const props of [{}, ELSEWHERE]) {
    const before = restore(props);
    const made = new SingleInstanceDb(before.node.scope as SnapshotRestore, 'orders-g2', {
      engine: Postgres.v17(), storage: { size: Size.gibibytes(50) }, dataSource: before.asDataSource(),
    });
    const { spec } = find(objects(made), 'StatefulSet');
    expect(spec.volumeClaimTemplates[0].spec.dataSource).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'orders-20261120' });
    expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'DATA_MUST_EXIST', value: 'true' });
    expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'RESTORE', value: 'false' });
  }
});
