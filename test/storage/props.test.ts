import { Size } from 'cdk8s';
import { AccessMode, DatabaseStorageClass, KubernetesVersion, OnDelete, Provisioner, StorageClassRef } from '../../lib';
import { DataSource } from '../../lib/core/data-source';
import { checkStorage, resolveStorage, StorageProps, StorageSpec } from '../../lib/storage/props';
import { newChart } from '../rendering';

const SIZE = Size.gibibytes(10);
const chart = newChart({});
const csi = new DatabaseStorageClass(chart, 'csi', { provisioner: Provisioner.ebsGp3() });
const local = new DatabaseStorageClass(chart, 'local', { provisioner: Provisioner.local() });

function resolve(props: Partial<StorageProps> = {}, version: string = '1.27'): StorageSpec {
  return resolveStorage({ size: SIZE, ...props }, DataSource.empty(), KubernetesVersion.of(version));
}

test('without a word the data is kept, on the class of the cluster, on one node', () => {
  expect(resolve()).toEqual({
    data: { size: SIZE, storageClass: undefined }, wal: undefined, onDelete: OnDelete.KEEP_DATA, accessMode: AccessMode.READ_WRITE_ONCE,
    annotations: {}, source: DataSource.empty(),
  });
});

test('undefined is no word', () => {
  expect(resolve({ onDelete: undefined, accessMode: undefined, annotations: undefined, storageClass: undefined, wal: undefined })).toEqual(resolve());
});

test('the log has the class of the data, unless it has its own', () => {
  expect(resolve({ storageClass: csi, wal: { size: SIZE } }).wal).toEqual({ size: SIZE, storageClass: csi });
  expect(resolve({ storageClass: csi, wal: { size: SIZE, storageClass: local } }).wal).toEqual({ size: SIZE, storageClass: local });
});

test.each<readonly [expected: string, version: string, props: Partial<StorageProps>]>([
  ['ReadWriteOncePod', '1.29', { storageClass: csi }],
  ['ReadWriteOncePod', '1.36', { storageClass: csi, wal: { size: SIZE } }],
  ['ReadWriteOncePod', '1.29', { storageClass: csi, wal: { size: SIZE, storageClass: csi } }],
  ['ReadWriteOnce', '1.28', { storageClass: csi }],
  ['ReadWriteOnce', '1.36', {}],
  ['ReadWriteOnce', '1.36', { storageClass: local }],
  ['ReadWriteOnce', '1.36', { storageClass: StorageClassRef.named('csi') }],
  ['ReadWriteOnce', '1.36', { storageClass: csi, wal: { size: SIZE, storageClass: local } }],
  ['ReadWriteOnce', '1.36', { storageClass: csi, accessMode: AccessMode.READ_WRITE_ONCE }],
  ['ReadWriteOncePod', '1.27', { accessMode: AccessMode.READ_WRITE_ONCE_POD }],
])('the access mode is %s on %s with %j', (expected, version, props) => {
  expect(resolve(props, version).accessMode.mode).toBe(expected);
});

test.each([
  [Size.gibibytes(1), []],
  [Size.tebibytes(1024), []],
  [Size.mebibytes(1023), [{ path: 'storage.size', got: '1023Mi', want: 'at least 1Gi' }]],
  [Size.gibibytes(0), [{ path: 'storage.size', got: '0Gi', want: 'at least 1Gi' }]],
  [Size.gibibytes(Number.NaN), [{ path: 'storage.size', got: 'NaNGi', want: 'at least 1Gi' }]],
  [Size.gibibytes(Infinity), [{ path: 'storage.size', got: 'InfinityGi', want: 'at most 1Pi' }]],
])('a data volume of %j: %j', (size, problems) => {
  expect(checkStorage(resolve({ size }))).toEqual(problems);
});

test('every problem of the storage is found at once', () => {
  const spec = resolve({
    size: Size.mebibytes(1), storageClass: StorageClassRef.named('A'), wal: { size: Size.mebibytes(2), storageClass: StorageClassRef.named('B') },
    onDelete: OnDelete.deleteData({ iAcceptDataLoss: false }), annotations: { 'a b': '' },
  });
  const name = 'a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253';
  expect(checkStorage(spec)).toEqual([
    { path: 'storage.size', got: '1Mi', want: 'at least 1Gi' },
    { path: 'storage.storageClass', got: '"A"', want: name },
    { path: 'storage.wal.size', got: '2Mi', want: 'at least 1Gi' },
    { path: 'storage.wal.storageClass', got: '"B"', want: name },
    { path: 'storage.onDelete', got: 'iAcceptDataLoss: false', want: 'iAcceptDataLoss: true', remedy: 'or OnDelete.KEEP_DATA, which keeps the claims' },
    { path: 'storage.annotations."a b"', got: 'this key', want: 'a Kubernetes label key: [prefix/]name' },
  ]);
});

test('an accepted loss is accepted', () => {
  expect(checkStorage(resolve({ onDelete: OnDelete.deleteData({ iAcceptDataLoss: true }) }))).toEqual([]);
});
