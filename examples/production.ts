// Needs, in the namespace `shop`:
// - Secret/ledger-passwords with the keys `password`, `reporting-password` and `auditor-password`
// - Secret/ledger-tls with the keys `tls.crt` and `tls.key`, from cert-manager for example
// and in the cluster a PriorityClass named `databases`.
import { App, Chart, Size } from 'cdk8s';
import {
  AccessRule, Client, Cpu, Credentials, DatabaseStorageClass, KubernetesVersion, NodePool, Postgres, Provisioner, SingleInstanceDb, Spread, Tls,
} from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });

// One class for the whole cluster, in a chart of its own: a cluster-scoped object belongs to no application.
const cluster = new Chart(app, 'production-cluster');
const disks = new DatabaseStorageClass(cluster, 'database-disks', {
  provisioner: Provisioner.ebsGp3({ iops: 6000, throughput: 250 }),
});

const shop = new Chart(app, 'production', { namespace: 'shop', labels: { team: 'checkout' } });
const ledger = new SingleInstanceDb(shop, 'ledger', {
  engine: Postgres.v17({
    databases: [
      { name: 'ledger', connect: ['auditor'], extensions: ['pg_stat_statements', 'pg_trgm'] },
      { name: 'reports', owner: 'reporting' },
    ],
    roles: [{ name: 'auditor', memberOf: ['pg_read_all_data'], connectionLimit: 5 }],
    accessRules: [
      AccessRule.passwordWithTls({ databases: ['ledger'], roles: ['ledger', 'auditor'] }),
      AccessRule.passwordWithTls({ databases: ['reports'], roles: ['reporting'] }),
    ],
  }),
  storage: {
    size: Size.gibibytes(200),
    storageClass: disks,
    wal: { size: Size.gibibytes(20) },
  },
  credentials: Credentials.existingSecret('ledger-passwords'),
  tls: Tls.fromSecret('ledger-tls', { required: true }),
  resources: { memory: Size.gibibytes(16), cpu: Cpu.units(4) },
  sizing: { connections: 200 },
  settings: {
    'log_min_duration_statement': '500ms',
    'pg_stat_statements.track': 'all',
  },
  scheduling: {
    nodePool: NodePool.eks('databases'),
    priorityClass: 'databases',
    spread: Spread.required('shop-databases'),
    zones: ['eu-central-1a', 'eu-central-1b'],
  },
  network: { allowFrom: [Client.pods({ app: 'checkout' }), Client.podsIn('analytics', { app: 'reporting' })] },
  kubernetesVersion: KubernetesVersion.of('1.31'),
});
ledger.allowFrom(Client.namespace('migrations'));
app.synth();
