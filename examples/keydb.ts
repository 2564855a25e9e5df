// Needs, in the namespace `shop`, PersistentVolumeClaim/keydb-data with the files of KeyDB in its folder `db`.
import { App, Chart, Size } from 'cdk8s';
import { Client, DataSource, KeyDb, SingleInstanceDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'keydb', { namespace: 'shop' });

// KeyDB is for those who have it: a volume without data is refused.
new SingleInstanceDb(shop, 'sessions', {
  engine: KeyDb.v6(),
  storage: { size: Size.gibibytes(10) },
  dataSource: DataSource.existingClaims({ data: 'keydb-data' }),
  network: { allowFrom: [Client.pods({ app: 'storefront' })] },
  acknowledgedWarnings: ['keydb-unmaintained'],
});
app.synth();
