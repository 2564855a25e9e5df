import { App, Chart, Size } from 'cdk8s';
import { Client, SingleInstanceDb, ZooKeeper } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'zookeeper', { namespace: 'shop' });

new SingleInstanceDb(shop, 'locks', {
  engine: ZooKeeper.v39(),
  storage: { size: Size.gibibytes(10), wal: { size: Size.gibibytes(10) } },
  sizing: { connections: 200 },
  settings: { snapCount: '50000' },
  network: { allowFrom: [Client.pods({ app: 'workers' })] },
});
app.synth();
