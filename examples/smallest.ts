import { App, Chart, Size } from 'cdk8s';
import { Postgres, SingleInstanceDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

new SingleInstanceDb(shop, 'orders', {
  engine: Postgres.v17(),
  storage: { size: Size.gibibytes(50) },
});
app.synth();
