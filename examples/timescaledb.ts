import { App, Chart, Size } from 'cdk8s';
import { Client, SingleInstanceDb, TimescaleDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const plant = new Chart(app, 'timescaledb', { namespace: 'plant' });

// Hypertables, and what else the extension offers, in the database `readings`; who runs it has read the licence.
new SingleInstanceDb(plant, 'metrics', {
  engine: TimescaleDb.v17({ databases: [{ name: 'readings', extensions: ['pg_stat_statements'] }] }),
  storage: { size: Size.gibibytes(100), wal: { size: Size.gibibytes(10) } },
  network: { allowFrom: [Client.pods({ app: 'collector' })] },
  acknowledgedWarnings: ['timescaledb-licence'],
});
app.synth();
