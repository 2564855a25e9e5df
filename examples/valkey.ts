// Needs, in the namespace `shop`:
// - Secret/carts-passwords with the keys `password` and `reporting-password`
// - Secret/carts-tls with the keys `tls.crt` and `tls.key`
import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, Credentials, SingleInstanceDb, Tls, Valkey } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'valkey', { namespace: 'shop' });

new SingleInstanceDb(shop, 'carts', {
  engine: Valkey.v9({
    users: [
      { name: 'checkout' },
      { name: 'reporting', keys: ['cart:*'], channels: [], commands: ['+@read', '+@connection', '-keys'] },
    ],
  }),
  storage: { size: Size.gibibytes(20) },
  credentials: Credentials.existingSecret('carts-passwords'),
  tls: Tls.fromSecret('carts-tls', { required: true }),
  resources: { memory: Size.gibibytes(4), cpu: Cpu.units(2) },
  settings: { 'notify-keyspace-events': 'Ex' },
  network: { allowFrom: [Client.pods({ app: 'checkout' }), Client.pods({ app: 'reporting' })] },
});
app.synth();
