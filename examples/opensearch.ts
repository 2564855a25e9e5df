// Needs, in the namespace `shop`:
// - Secret/search-credentials with the keys `password` and `admin-password`
// - Secret/search-tls with the keys `tls.crt` and `tls.key`; the key as PKCS#8, which is `privateKey.encoding: PKCS8` of cert-manager
import { App, Chart, Size } from 'cdk8s';
import { Client, OpenSearch, OpenSearchSecurity, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'opensearch', { namespace: 'shop' });

new SingleInstanceDb(shop, 'search', {
  engine: OpenSearch.v3(),
  storage: { size: Size.gibibytes(50) },
  tls: Tls.fromSecret('search-tls', { required: true }),
  network: { allowFrom: [Client.pods({ app: 'shop' })] },
});

// Logs that can be lost and hold nothing secret: whoever the network lets in needs no password.
new SingleInstanceDb(shop, 'logs', {
  engine: OpenSearch.v3({ security: OpenSearchSecurity.disabled({ iAcceptNoAuthentication: true }), vectorMemory: Size.mebibytes(0) }),
  storage: { size: Size.gibibytes(50) },
  settings: { 'cluster.max_shards_per_node': '2000' },
  network: { allowFrom: [Client.pods({ app: 'log-shipper' })] },
});
app.synth();
