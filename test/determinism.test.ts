import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { exampleNames, renderExample } from '../tools/examples';

const ROOT = path.join(__dirname, '..');
const SEALED = path.join(__dirname, 'determinism', 'sealed.js');
const TS_NODE = path.join(ROOT, 'node_modules', 'ts-node', 'dist', 'bin.js');

interface World {
  /** What the child must report of itself, so that we know that the world was another one. */
  readonly told: string;
  readonly node?: string;
  readonly env?: { readonly [name: string]: string };
  readonly cwd?: string;
}

interface Outcome { readonly status: number | null; readonly stdout: string; readonly stderr: string }

function run({ node = process.execPath, env = {}, cwd = ROOT }: Partial<World>, ...argv: string[]): Outcome {
  const environment = { PATH: process.env.PATH, HOME: os.tmpdir(), TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.json'), ...env };
  return spawnSync(node, ['-r', SEALED, ...argv], { cwd, env: environment, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

interface Rendered extends Outcome { readonly files: { readonly [name: string]: string } }

/** Renders in a child process: what it prints, and the files that it writes. */
function synth(world: Partial<World>, ...names: string[]): Rendered {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-stateful-'));
  try {
    const env = { ...world.env, CDK8S_OUTDIR: folder };
    const outcome = run({ ...world, env }, TS_NODE, path.join(ROOT, 'tools', 'synth.ts'), ...names);
    const files = fs.readdirSync(folder).sort().map(file => [path.basename(file, '.yaml'), fs.readFileSync(path.join(folder, file), 'utf8')]);
    return { ...outcome, files: Object.fromEntries(files) as Rendered['files'] };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm ci --prefix test/other-nodes` brings them; in CI they must be there. */
function otherNodes(): string[] {
  const folder = path.join(__dirname, 'other-nodes', 'node_modules');
  const found = ['node22', 'node24'].map(name => path.join(folder, name, 'bin', 'node')).filter(file => fs.existsSync(file));
  if (found.length < 2) {
    const message = 'other Node versions are missing: npm ci --prefix test/other-nodes';
    if (process.env.CI === 'true') { throw new Error(message); }
    process.stderr.write(`\n!!! ${message}\n`);
  }
  return found;
}

const NODE = process.versions.node.split('.')[0];
const WORLDS: readonly World[] = [
  { told: `node ${NODE}, en-US, UTC`, env: { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' } },
  { told: 'Pacific/Kiritimati', env: { TZ: 'Pacific/Kiritimati' } },
  { told: ', tr-TR, ', env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  { told: 'America/St_Johns', env: { TZ: 'America/St_Johns', SEALED_DAY: '2038-02-28T23:59:59Z' } },
  { told: os.tmpdir(), cwd: os.tmpdir() },
  ...otherNodes().map(node => ({ told: `node ${path.basename(path.dirname(path.dirname(node))).slice(4)}, `, node })),
];

const expected = Object.fromEntries(exampleNames().map(name => [name, renderExample(name)]));
const { stdout: printed } = synth({});

test('there is something to compare', () => {
  expect(Object.keys(expected).length).toBeGreaterThan(0);
  expect(Object.values(expected).join()).toContain('kind: StatefulSet');
});

test.each(WORLDS)('the bytes are the same, without any connection, with $told', world => {
  const { status, stdout, stderr, files } = synth(world);
  expect(stderr).toContain(world.told);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(files).toEqual(expected);
  expect(stdout).toBe(printed);
});

test('an example alone renders as it does among the others', () => {
  const [name = ''] = Object.keys(expected).slice(-1);
  expect(synth({}, name).files).toEqual({ [name]: expected[name] });
});

describe('the seal', () => {
  test.each([
    ['net.Socket.connect', 'new (require("net").Socket)().connect(1)'],
    ['http.get', 'require("http").get("http://127.0.0.1:1")'],
    ['fetch', 'fetch("http://127.0.0.1:1")'],
    ['dns.lookup', 'require("dns").lookup("localhost", () => {})'],
    ['child_process.spawnSync', 'require("child_process").spawnSync("true")'],
  ])('holds against %s', (name, program) => {
    const { status, stderr } = run({}, '-e', program);
    expect(status).not.toBe(0);
    expect(stderr).toContain(`sealed: ${name} was called`);
  });

  test('shows another day, and another chance', () => {
    const program = 'process.stdout.write(new Date().toISOString() + Date.now() + Math.random())';
    expect(run({ env: { SEALED_DAY: '2038-02-28T00:00:00Z' } }, '-e', program).stdout).toBe('2038-02-28T00:00:00.000Z21509280000000.25');
  });
});
