// Needs, in the namespace `shop`:
// - Secret/products-credentials with the key `password`
// - Secret/products-tls with the keys `tls.crt` and `tls.key`, from cert-manager for example
import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, Elasticsearch, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'elasticsearch', { namespace: 'shop' });

new SingleInstanceDb(shop, 'products', {
  engine: Elasticsearch.v9(),
  storage: { size: Size.gibibytes(100) },
  tls: Tls.fromSecret('products-tls', { required: true }),
  resources: { memory: Size.gibibytes(8), cpu: Cpu.units(2) },
  // Only for nodes whose vm.max_map_count is 262144 or more: the pod looks for it before the server starts.
  settings: { 'node.store.allow_mmap': 'true', 'action.auto_create_index': 'false' },
  network: { allowFrom: [Client.pods({ app: 'shop' })] },
});
app.synth();
