import { App, Chart, Size } from 'cdk8s';
import { Client, Cpu, QuestDb, SingleInstanceDb } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const plant = new Chart(app, 'questdb', { namespace: 'plant' });

new SingleInstanceDb(plant, 'measurements', {
  engine: QuestDb.v9(),
  storage: { size: Size.gibibytes(200) },
  resources: { memory: Size.gibibytes(8), cpu: Cpu.units(4) },
  sizing: { connections: 40 },
  settings: { 'cairo.max.uncommitted.rows': '100000' },
  network: { allowFrom: [Client.pods({ app: 'collector' })] },
});
app.synth();
