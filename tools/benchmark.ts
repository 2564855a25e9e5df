/**
 * How long a compiled program takes to render 1, 10, 100 and 1000 databases in one chart, as a whole process.
 *
 * Writes benchmarks/synth.json, as it was measured; needs `npm run build`. A benchmark, not a test: machines differ.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const COUNTS = [1, 10, 100, 1000];
const RUNS = 7;

const PROGRAM = `
const { App, Chart, Size } = require('cdk8s');
const { Postgres, SingleInstanceDb } = require(process.env.LIBRARY);
const app = new App({ outdir: process.env.OUTDIR });
const chart = new Chart(app, 'fleet', { namespace: 'fleet' });
for (let index = 0; index < Number(process.env.COUNT); index++) {
  new SingleInstanceDb(chart, 'db-' + index, { engine: Postgres.v17(), storage: { size: Size.gibibytes(50) } });
}
app.synth();
`;

interface Row {
  readonly databases: number;
  readonly medianSeconds: number;
  readonly millisecondsPerDatabase: number;
  readonly manifestBytes: number;
}

function run(count: number, outdir: string): number {
  const env = { ...process.env, COUNT: `${count}`, LIBRARY: path.join(ROOT, 'dist', 'lib'), OUTDIR: outdir };
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['-e', PROGRAM], { cwd: ROOT, env, encoding: 'utf8' });
  if (status !== 0) { throw new Error(stderr); }
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function measure(count: number): Row {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'benchmark-'));
  run(count, outdir);
  const seconds = Array.from({ length: RUNS }, () => run(count, outdir)).sort((a, b) => a - b);
  const median = seconds[Math.floor(RUNS / 2)] as number;
  const manifestBytes = fs.statSync(path.join(outdir, 'fleet.k8s.yaml')).size;
  fs.rmSync(outdir, { recursive: true });
  return { databases: count, medianSeconds: round(median), millisecondsPerDatabase: round(median * 1000 / count), manifestBytes };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const rows = COUNTS.map(measure);
const report = { date: new Date().toISOString().slice(0, 10), node: process.version, cpus: os.cpus().length, runs: RUNS, rows };
fs.mkdirSync(path.join(ROOT, 'benchmarks'), { recursive: true });
fs.writeFileSync(path.join(ROOT, 'benchmarks', 'synth.json'), `${JSON.stringify(report, undefined, 2)}\n`);
console.table(rows);
