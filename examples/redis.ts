import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, Redis, SingleInstanceDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'redis', { namespace: 'shop' });

// A cache: a full server drops what was not used for longest, and a crash of the node may lose the last seconds.
new SingleInstanceDb(shop, 'pages', {
  engine: Redis.v8(),
  storage: { size: Size.gibibytes(10) },
  resources: { memory: Size.gibibytes(2), cpu: Cpu.units(1) },
  settings: { 'maxmemory-policy': 'allkeys-lru', 'appendfsync': 'everysec' },
  network: { allowFrom: [Client.pods({ app: 'storefront' })] },
  acknowledgedWarnings: ['redis-licence'],
});
app.synth();
