/*
 * Two databases that begin with snapshots of volumes: one that was taken in this namespace, and one that another cluster took on the same storage.
 *
 * The VolumeSnapshot `orders-20261120` exists; lib/backup/README.md has the manifest that takes it.
 */
import { App, Chart, Size } from 'cdk8s';
import { DatabaseStorageClass, Postgres, Provisioner, SingleInstanceDb, SnapshotRestore } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'snapshot-restore', { namespace: 'shop' });

// Snapshots become volumes of the driver that took them.
const disks = new DatabaseStorageClass(shop, 'database-disks', { provisioner: Provisioner.ebsGp3() });
const storage = { size: Size.gibibytes(50), storageClass: disks };

// The state before the incident, beside the database that runs on; a later commit moves the clients.
const before = new SnapshotRestore(shop, 'orders-before-incident', { snapshot: 'orders-20261120', size: Size.gibibytes(50) });
new SingleInstanceDb(shop, 'orders-g2', { engine: Postgres.v17(), storage, dataSource: before.asDataSource() });

// The storage system's own name of the snapshot is all that is left of the other cluster.
const moved = new SnapshotRestore(shop, 'ledger-from-old-cluster', {
  snapshot: 'ledger-20261120', size: Size.gibibytes(50), handle: 'snap-0123456789abcdef0', driver: 'ebs.csi.aws.com',
});
new SingleInstanceDb(shop, 'ledger', { engine: Postgres.v17(), storage, dataSource: moved.asDataSource() });
app.synth();
