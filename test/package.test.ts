import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';
import * as library from '../lib';
import { exampleNames, renderExample } from '../tools/examples';

const ROOT = path.join(__dirname, '..');
const EXAMPLE = 'smallest';

function filesBelow(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[]).map(file => file.split(path.sep).join('/')).sort();
}

function isNewer(file: string, than: string): boolean {
  return fs.statSync(file).mtimeMs > fs.statSync(than).mtimeMs;
}

function npm(cwd: string, ...argv: string[]): string {
  return execFileSync('npm', [...argv, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What `npm install cdk8s-stateful` gives to a user, in a folder of their own. */
function install(folder: string): string {
  const packed = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder)) as { filename: string }[];
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  // The peers are linked below, because this test needs no network.
  npm(folder, 'install', '--offline', '--legacy-peer-deps', `./${packed[0]?.filename}`);
  for (const peer of ['cdk8s', 'constructs', '@types']) {
    fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(folder, 'node_modules', peer));
  }
  return path.join(folder, 'node_modules', 'cdk8s-stateful');
}

describe('the package', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-stateful-'));
  let installed = '';

  beforeAll(() => {
    const stale = filesBelow(path.join(ROOT, 'lib')).filter(file => file.endsWith('.ts'))
      .filter(file => !fs.existsSync(path.join(ROOT, 'dist', 'lib', file.replace(/ts$/, 'js')))
        || isNewer(path.join(ROOT, 'lib', file), path.join(ROOT, '.jsii')));
    if (stale.length > 0) { throw new Error(`dist/ is older than ${stale.join(', ')}: npm run build`); }
    installed = install(folder);
  });
  afterAll(() => { fs.rmSync(folder, { recursive: true, force: true }); });

  test('holds the compiled library and nothing of our workshop', () => {
    const files = filesBelow(installed).filter(file => fs.statSync(path.join(installed, file)).isFile());
    expect(files).toEqual(expect.arrayContaining(['.jsii', 'README.md', 'dist/lib/index.d.ts', 'dist/lib/index.js', 'package.json']));
    expect(files.filter(file => !/^(dist\/(lib|imports)\/|\.jsii$|package\.json$|(README|CHANGELOG)\.md$|LICENSE$)/.test(file))).toEqual([]);
    expect(files.filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
  });

  test('has every script, byte for byte', () => {
    const scripts = filesBelow(path.join(ROOT, 'lib')).filter(file => /\/scripts\/(?:backup\/)?[^/]+\.[a-z]+$/.test(file));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const [ours, theirs] = [path.join(ROOT, 'lib'), path.join(installed, 'dist', 'lib')].map(base => fs.readFileSync(path.join(base, script), 'utf8'));
      expect({ script, text: theirs }).toEqual({ script, text: ours });
    }
  });

  test('renders the smallest example from the installed copy', () => {
    expect(exampleNames()).toContain(EXAMPLE);
    const source = fs.readFileSync(path.join(ROOT, 'examples', `${EXAMPLE}.ts`), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    fs.writeFileSync(path.join(folder, 'program.js'), outputText);
    execFileSync(process.execPath, ['program.js'], { cwd: folder, env: { PATH: process.env.PATH, CDK8S_OUTDIR: 'manifests' } });
    const rendered = fs.readdirSync(path.join(folder, 'manifests')).sort().map(file => fs.readFileSync(path.join(folder, 'manifests', file), 'utf8'));
    expect(rendered.join('---\n')).toBe(renderExample(EXAMPLE));
  });

  test('has types that a strict program of a user compiles with, without skipping ours', () => {
    fs.copyFileSync(path.join(ROOT, 'examples', `${EXAMPLE}.ts`), path.join(folder, 'program.ts'));
    const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const argv = [tsc, '--noEmit', '--strict', '--target', 'ES2022', '--module', 'node16', '--types', 'node', 'program.ts'];
    expect(() => execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' })).not.toThrow();
  });

  test('offers every public class to Python, Java, C# and Go', () => {
    const { types } = JSON.parse(fs.readFileSync(path.join(installed, '.jsii'), 'utf8')) as { types: { [name: string]: unknown } };
    const classes = Object.entries(library).filter(([, value]) => typeof value === 'function').map(([name]) => name).sort();
    expect(classes).toEqual(expect.arrayContaining(['Postgres', 'SingleInstanceDb']));
    expect(classes.filter(name => types[`cdk8s-stateful.${name}`] === undefined)).toEqual([]);
  });
});
