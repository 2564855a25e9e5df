import { App, Chart, Size } from 'cdk8s';
import { DataSource, Postgres, SingleInstanceDb, StorageClassRef } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'adopt-volume', { namespace: 'shop-restored' });

// The namespace of this database was deleted; its volume was retained, and `kubectl get persistentvolumes` names it.
const orders = new SingleInstanceDb(shop, 'orders', {
  engine: Postgres.v17(),
  storage: { size: Size.gibibytes(50), storageClass: StorageClassRef.named('database-disks') },
  dataSource: DataSource.releasedVolumes({ data: 'pvc-7f6d0f0a-58a3-4d57-9f0e-3f6d3c2b1a90' }),
});
app.synth();

// Run these once, before the manifests are applied: they free the volume for its new claim.
process.stdout.write(`${orders.adoptionCommands().join('\n')}\n`);
