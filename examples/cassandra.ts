// Needs, in the namespace `shop`, Secret/events-credentials with the keys `password` and `admin-password`.
import { App, Chart, Size } from 'cdk8s';
import { Cassandra, Client, Cpu, SingleInstanceDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'cassandra', { namespace: 'shop' });

new SingleInstanceDb(shop, 'events', {
  engine: Cassandra.v5({ datacenter: 'frankfurt', keyspace: 'events' }),
  storage: { size: Size.gibibytes(200), wal: { size: Size.gibibytes(20) } },
  resources: { memory: Size.gibibytes(16), cpu: Cpu.units(4) },
  settings: { concurrent_writes: '64' },
  network: { allowFrom: [Client.pods({ app: 'shop' })] },
});
app.synth();
