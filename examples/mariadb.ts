// Needs, in the namespace `shop`:
// - Secret/wiki-tls with the keys `tls.crt` and `tls.key`, from cert-manager for example
import { App, Chart, Size } from 'cdk8s';
import { Client, MariaDb, MariaDbAuthentication, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'mariadb', { namespace: 'shop' });

new SingleInstanceDb(shop, 'wiki', {
  engine: MariaDb.v118({
    databases: [{ name: 'wiki' }],
    authentication: MariaDbAuthentication.ED25519,
  }),
  storage: { size: Size.gibibytes(20) },
  tls: Tls.fromSecret('wiki-tls', { required: true }),
  network: { allowFrom: [Client.pods({ app: 'wiki' })] },
});
app.synth();
