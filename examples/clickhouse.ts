// Needs Secret/events-tls with the keys `tls.crt` and `tls.key`, from cert-manager for example.
import { App, Chart, Size } from 'cdk8s';
import { ClickHouse, Client, Cpu, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const analytics = new Chart(app, 'clickhouse', { namespace: 'analytics' });

new SingleInstanceDb(analytics, 'events', {
  engine: ClickHouse.of('26.8', { database: 'events' }),
  storage: { size: Size.gibibytes(500) },
  resources: { memory: Size.gibibytes(16), cpu: Cpu.units(4) },
  tls: Tls.fromSecret('events-tls', { required: true }),
  settings: { 'profile.max_execution_time': '300' },
  network: { allowFrom: [Client.pods({ app: 'dashboards' })] },
});
app.synth();
