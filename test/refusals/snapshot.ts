import { Chart, Size } from 'cdk8s';
import { DatabaseStorageClass, DataSource, Kafka, Provisioner, SingleInstanceDb, SnapshotRestore, SnapshotRestoreProps } from '../../lib';
import { newChart, SMALLEST } from '../rendering';
import { type Refused, refused } from './database';

function snapshot(props: Partial<SnapshotRestoreProps>, namespace: string | undefined = 'shop'): SnapshotRestore {
  return new SnapshotRestore(newChart({ namespace }), 'before', { snapshot: 'orders-20261120', size: Size.gibibytes(50), ...props });
}

const GIB = Size.gibibytes(1);
const OBJECT_NAME = 'want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253';
const BY_HAND = new DatabaseStorageClass(newChart(), 'local', { provisioner: Provisioner.local() });
/** What data sources that are snapshots refuse. */
export const REFUSED: readonly Refused[] = [
  refused({ dataSource: DataSource.snapshot({ data: 'A', wal: 'b', ofOneMoment: true }) }, `dataSource.data: got "A", ${OBJECT_NAME}`,
    'dataSource.wal: got b, want nothing; give `storage.wal` and the snapshot of the log together, or neither'),
  refused({ dataSource: DataSource.snapshot({ data: 'a' }), storage: { size: GIB, wal: { size: GIB } } },
    'dataSource.wal: got nothing, want the snapshot of the write-ahead log; give `storage.wal` and the snapshot of the log together, or neither'),
  refused({ dataSource: DataSource.snapshot({ data: 'a', wal: 'a' }), storage: { size: GIB, wal: { size: GIB } } },
    'dataSource.wal: got "a", want another snapshot than that of the data',
    'dataSource.ofOneMoment: got false, want true, and both snapshots from one VolumeGroupSnapshot; no server recovers from data and log of two moments'),
  refused({ dataSource: DataSource.snapshot({ data: 'a' }), engine: Kafka.v4({ clusterId: 'MkU3OEVBNTcwNTJENDM2Qg' }) },
    'dataSource: got the snapshot "a", want another data source: the snapshot of a volume is no backup of kafka'),
  refused({ dataSource: DataSource.snapshot({ data: 'a' }), storage: { size: GIB, storageClass: BY_HAND } },
    'storage.storageClass: got volumes that are made by hand, want a class of the CSI driver that took the snapshot'),
  refused({ dataSource: DataSource.snapshot({ data: 'a', wal: 'b', ofOneMoment: true }), storage: { size: GIB, wal: { size: GIB, storageClass: BY_HAND } } },
    'storage.wal.storageClass: got volumes that are made by hand, want a class of the CSI driver that took the snapshot'),
  refused({ dataSource: snapshot({}).asDataSource(), storage: { size: Size.gibibytes(49) } },
    'storage.size: got 49Gi, want at least 50Gi, the size of the volume that the snapshot was taken of'),
  refused({ dataSource: snapshot({}, 'other').asDataSource() },
    'dataSource: got a snapshot in namespace "other", want one in namespace "shop"; a SnapshotRestore by `handle` brings a snapshot into another namespace'),
];

const refusal = (subject: string, ...lines: string[]): string => [`${subject} is not valid:`, ...lines.map(line => `  - ${line}`)].join('\n');
const snapshotRefused = (...lines: string[]): string => refusal('SnapshotRestore "test/before"', ...lines);

/** What a `SnapshotRestore` refuses, and a database in another place than its snapshot. */
export const OTHERS: readonly (readonly [make: () => unknown, message: string])[] = [
  [() => snapshot({ snapshot: 'A', size: Size.gibibytes(0) }), snapshotRefused(`snapshot: got "A", ${OBJECT_NAME}`, 'size: got 0Gi, want more than nothing')],
  [() => snapshot({ handle: 'snap-1' }), snapshotRefused('driver: got nothing, want the CSI driver that took the snapshot')],
  [() => snapshot({ driver: 'ebs.csi.aws.com' }), snapshotRefused('handle: got nothing, want what the storage system calls the snapshot')],
  [() => snapshot({ handle: 'a\nb', driver: 'a b', snapshot: 'a'.repeat(253) }), snapshotRefused('handle: got "a\\nb", want one line of text', `driver: got "a b", ${OBJECT_NAME}`,
    'snapshot: got 253 characters, want at most 248 with this namespace')],
  [() => new SnapshotRestore(newChart({}), 'before', { snapshot: 'a', size: GIB, handle: 'snap-1', driver: 'ebs.csi.aws.com' }), snapshotRefused(
    'handle: got a chart without a namespace, want a chart with one: the content of a snapshot names the namespace that it is for')],
  [() => {
    const first = snapshot({ handle: 'snap-1', driver: 'ebs.csi.aws.com' });
    return new SnapshotRestore(Chart.of(first), 'again', { snapshot: first.snapshotName, size: GIB, handle: 'snap-2', driver: 'ebs.csi.aws.com' });
  }, refusal('SnapshotRestore "test/again"',
    'snapshot: got "orders-20261120", want a name of its own in the namespace; the VolumeSnapshot "orders-20261120" belongs to "test/before"')],
  [() => new SingleInstanceDb(newChart({}), 'orders', { ...SMALLEST, dataSource: snapshot({}).asDataSource() }), refusal('SingleInstanceDb "test/orders"',
    'dataSource: got a snapshot in namespace "shop", want one in no namespace; a SnapshotRestore by `handle` brings a snapshot into another namespace')],
];
