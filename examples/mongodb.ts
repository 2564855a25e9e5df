// Not proven: no image of MongoDB could be run where this library is tested. Rendered, validated, and its scripts run on stubs.
// Needs, in the namespace `shop`:
// - Secret/catalogue-credentials with the keys `admin-password`, `password` and `exporter-password`
// - Secret/catalogue-tls with the keys `tls.crt` and `tls.key`, from cert-manager for example, for the names `catalogue.shop.svc`
//   and `*.catalogue-members.shop.svc.cluster.local`
import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, MongoDb, MongoDbRole, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'mongodb', { namespace: 'shop' });

new SingleInstanceDb(shop, 'catalogue', {
  engine: MongoDb.v8({
    users: [
      { name: 'catalogue', roles: [MongoDbRole.readWrite('catalogue'), MongoDbRole.read('prices')] },
      { name: 'exporter', database: 'admin', roles: [MongoDbRole.named('clusterMonitor', 'admin'), MongoDbRole.read('local')] },
    ],
  }),
  storage: { size: Size.gibibytes(100) },
  tls: Tls.fromSecret('catalogue-tls', { required: true }),
  resources: { memory: Size.gibibytes(8), cpu: Cpu.units(2) },
  settings: { 'operationProfiling.slowOpThresholdMs': '250' },
  network: { allowFrom: [Client.pods({ app: 'web' })] },
  acknowledgedWarnings: ['mongodb-licence'],
});
app.synth();
