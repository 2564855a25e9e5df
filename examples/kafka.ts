// Needs, in the namespace `shop`: Secret/events-tls with the keys `tls.crt` and `tls.key`; the key in PKCS #8, which
// cert-manager makes with `privateKey.encoding: PKCS8`.
import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, Kafka, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'kafka', { namespace: 'shop' });

// One node, for development. The id stays with the code: a volume of another cluster is refused.
new SingleInstanceDb(shop, 'events', {
  engine: Kafka.v4({ clusterId: 'MkU3OEVBNTcwNTJENDM2Qk' }),
  storage: { size: Size.gibibytes(100) },
  tls: Tls.fromSecret('events-tls', { required: true }),
  resources: { memory: Size.gibibytes(4), cpu: Cpu.units(2) },
  settings: { 'log.retention.hours': '72' },
  network: { allowFrom: [Client.pods({ app: 'checkout' })] },
  acknowledgedWarnings: ['kafka-single-node'],
});
app.synth();
