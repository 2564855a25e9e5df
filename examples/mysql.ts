import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, MySql, SingleInstanceDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'mysql', { namespace: 'shop' });

// Secret/orders-credentials has the keys `password` and `reporting-password`; a new value is a new password, without a restart.
new SingleInstanceDb(shop, 'orders', {
  engine: MySql.v84({
    databases: [{ name: 'orders', readers: ['reporting'] }],
    users: [{ name: 'reporting', connectionLimit: 10 }],
  }),
  storage: { size: Size.gibibytes(100) },
  resources: { memory: Size.gibibytes(8), cpu: Cpu.units(2) },
  sizing: { connections: 200 },
  settings: { long_query_time: '0.5', slow_query_log: 'ON' },
  network: { allowFrom: [Client.pods({ app: 'checkout' })] },
});
app.synth();
