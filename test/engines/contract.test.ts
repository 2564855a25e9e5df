import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Duration, Size } from 'cdk8s';
import * as library from '../../lib';
import type { IEngine, MemberPlan, MemberRequest } from '../../lib';
import { MOUNTS } from '../../lib/core/mounts';
import { placesOf, TO_DO } from '../../tools/new-engine/places';
import { objects, newChart } from '../rendering';

const ROOT = path.join(__dirname, '..', '..');
const ENGINES = path.join(ROOT, 'lib', 'engines');
const FOLDERS = fs.readdirSync(ENGINES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort();

/** A class of an engine: a factory for every supported major, and one for an exact version. */
interface EngineClass {
  readonly name: string;
  of(version: string, options?: object): IEngine;
}

interface Member {
  readonly folder: string;
  readonly type: EngineClass;
  readonly factory: string;
  /** The version that the factory stands for: `8.4` of `v84()`. jsii knows no `v84()`. */
  readonly major: string;
  readonly engine: () => IEngine;
}

/** Options without which an engine cannot be: OPTIONS of test/engines/<engine>/sample.ts, where there is one. */
function optionsOf(folder: string): object[] {
  const sample = path.join(__dirname, folder, 'sample.ts');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return fs.existsSync(sample) ? [(require(sample) as { OPTIONS: object }).OPTIONS] : [];
}

function classOf(folder: string): EngineClass {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const own: unknown[] = Object.values(require(path.join(ENGINES, folder)) as object);
  const exported: unknown[] = Object.values(library);
  const found = exported.filter((each): each is EngineClass => own.includes(each) && typeof each === 'function' && 'of' in each);
  const [only] = found;
  if (only === undefined || found.length > 1) { throw new Error(`lib/index exports ${found.length} classes of lib/engines/${folder} with a factory of(), not 1`); }
  return only;
}

const MEMBERS: Member[] = FOLDERS.flatMap(folder => {
  const type = classOf(folder);
  const factories = Object.getOwnPropertyNames(type).filter(name => /^v\d/.test(name));
  return factories.map(factory => {
    const engine = (): IEngine => (type as unknown as { [factory: string]: (...options: object[]) => IEngine })[factory]?.(...optionsOf(folder)) as IEngine;
    return { folder, type, factory, major: engine().version, engine };
  });
});

/** All that an engine can have: TLS and a volume for its log, where it has them. */
function request(engine: IEngine, changed: Partial<MemberRequest> = {}): MemberRequest {
  const walSize = engine.separatesLog ? Size.gibibytes(10) : undefined;
  const full: MemberRequest = {
    name: 'orders', memory: engine.defaults.memory, cores: engine.defaults.cpuMillis / 1000, dataSize: Size.gibibytes(50), walSize, tls: true, tlsRequired: true,
    settings: {}, startupTimeout: Duration.hours(1), dataMustExist: false, ...changed,
  };
  const tls = changed.tls ?? engine.check(full).every(({ path: where }) => where !== 'tls');
  return { ...full, tls, tlsRequired: tls };
}

/** What a script does, without what it says and what is said of it. */
function codeOf(script: string): string {
  return script.split('\n').map(line => line.trim()).filter(line => !/^(?:#|echo |printf '%s\\n' ['"]|: "\$\{|$)/.test(line)).join('\n');
}

interface ImageFacts { readonly user: number; readonly group: number; readonly data: readonly string[]; readonly writes: readonly string[]; readonly source: string }

/**
 * What the official image is, from its own documentation: the owner of the data and the folders that it is in; and every other folder that
 * its server writes to when it is run as here, which a read-only root on a cluster proves.
 */
function imageFacts(folder: string): ImageFacts {
  return JSON.parse(fs.readFileSync(path.join(__dirname, folder, 'image.json'), 'utf8')) as ImageFacts;
}

function planOf(engine: IEngine, changed: Partial<MemberRequest> = {}): MemberPlan { return engine.plan(request(engine, changed)); }

/** Every file of an engine, wherever it stands: `lib/engines/postgres/postgres.ts`. */
function filesOf(folder: string): string[] {
  return placesOf(folder).filter(place => fs.existsSync(path.join(ROOT, place))).flatMap(place => (fs.statSync(path.join(ROOT, place)).isFile() ? [place]
    : fs.readdirSync(path.join(ROOT, place), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
      .map(entry => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')))).sort();
}

function linesToDo(file: string): string[] {
  return fs.readFileSync(path.join(ROOT, file), 'utf8').split('\n').flatMap((line, index) => (TO_DO.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
}

function syntaxErrors(file: string, text: string): string {
  const shell = /^#!\/(?:usr\/bin\/env |bin\/)(bash|sh)\n/.exec(text)?.[1];
  if (shell === undefined) { return `${file}: no shebang of bash or sh`; }
  const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
  return status === 0 ? '' : `${file}: ${stderr}`;
}

// A major without support warns; what it says is pinned elsewhere.
beforeAll(() => { jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined); });
afterAll(() => { jest.restoreAllMocks(); });

test('there are engines, and each has supported majors', () => {
  expect(FOLDERS).toContain('postgres');
  expect([...new Set(MEMBERS.map(({ folder }) => folder))]).toEqual(FOLDERS);
});

describe.each(FOLDERS)('lib/engines/%s', folder => {
  test('is exported, by an engine of its name', () => {
    const own = MEMBERS.filter(member => member.folder === folder);
    expect(own.map(({ engine }) => engine().name)).toEqual(own.map(() => folder));
  });

  test('tells what it supports, its limits and its sources, and how its figures are read and its data backed up', () => {
    const page = fs.readFileSync(path.join(ENGINES, folder, 'README.md'), 'utf8');
    expect(page.match(/^## .*$/gm)).toEqual(expect.arrayContaining(['## Support', '## Settings', '## Limits', '## Sources']));
    expect(page).toMatch(/^- \*\*Figures\*\*: /m);
    expect(page).toMatch(/^- \*\*Backup\*\*: /m);
    expect(page).toMatch(/https:\/\//);
  });

  test('leaves nothing to do: every fact of the skeleton is filled in', () => {
    expect(filesOf(folder).length).toBeGreaterThan(5);
    expect(filesOf(folder).flatMap(linesToDo)).toEqual([]);
  });

  test('was proven on a cluster, or says that it was not', () => {
    const page = fs.readFileSync(path.join(ENGINES, folder, 'README.md'), 'utf8');
    const proof = `test/cluster/engines/${folder}.test.ts`;
    expect((fs.existsSync(path.join(ROOT, proof)) && linesToDo(proof).length === 0) || /\*not proven\*/.test(page)).toBe(true);
  });

  test('has its refusals pinned, and its scripts run by bats', () => {
    expect(fs.existsSync(path.join(ROOT, 'test', 'refusals', `${folder}.ts`))).toBe(true);
    expect(fs.readdirSync(path.join(ROOT, 'test', 'scripts', folder)).filter(file => file.endsWith('.bats'))).not.toEqual([]);
  });

  test('has an example', () => {
    const examples = fs.readdirSync(path.join(ROOT, 'examples')).map(file => fs.readFileSync(path.join(ROOT, 'examples', file), 'utf8'));
    expect(examples.filter(text => new RegExp(`\\b${classOf(folder).name}\\.(?:v\\d+(?:_\\d+)?|of)\\(`).test(text))).not.toEqual([]);
  });

  test('has scripts that their shell can read, without any mark of a template', () => {
    const scripts = Object.entries(planOf(classOf(folder).of(MEMBERS.find(member => member.folder === folder)?.major ?? '', ...optionsOf(folder))).scripts);
    expect(scripts.filter(([name]) => name.endsWith('.sh'))).not.toEqual([]);
    expect(scripts.filter(([name]) => name.endsWith('.sh')).map(([name, text]) => syntaxErrors(name, text)).filter(error => error !== '')).toEqual([]);
    expect(scripts.filter(([, text]) => /\{\{|\}\}[^}]*\}\}|<%|%>|@@|__[A-Z]+__/.test(text)).map(([name]) => name)).toEqual([]);
    expect(scripts.filter(([, text]) => text.includes('\r') || !text.endsWith('\n') || text.startsWith('\ufeff')).map(([name]) => name)).toEqual([]);
  });
});

describe.each(MEMBERS.map(member => [member.type.name, member.major, member] as const))('%s %s', (_name, major, { factory, folder, type, engine }) => {
  const plan = planOf(engine());
  const options = optionsOf(folder);

  test('gives the same plan for the same request, as often and from whichever instance it is asked', () => {
    const one = engine();
    expect([planOf(one), planOf(one), planOf(engine()), planOf(type.of(major, ...options))]).toEqual([plan, plan, plan, plan]);
    expect(JSON.stringify(planOf(engine()))).toBe(JSON.stringify(plan));
  });

  test('refuses nothing that it takes by default', () => {
    expect(engine().check(request(engine()))).toEqual([]);
    expect(factory).toBe(`v${major.replace(/\./g, '')}`);
  });

  test('runs one certain release of its version, and the one that is asked for', () => {
    const tag = /^[a-z0-9.-]+\/[a-z0-9./_-]+:(?:[a-z0-9_]+v)?(\d+\.\d+[\w.-]*)$/.exec(plan.image)?.[1] ?? '';
    expect(tag).not.toBe('');
    expect(planOf(type.of(tag, ...options)).image).toBe(plan.image);
    expect(`.${tag.replace(/[^\d.]+/g, '.')}.`).toContain(`.${major}.`);
    expect(engine().check(request(engine(), { image: 'example.com/mine:1' }))).toEqual([]);
    expect(engine().plan(request(engine(), { image: 'example.com/mine:1' })).image).toBe('example.com/mine:1');
    expect(type.of('0.0', ...options).check(request(engine())).map(({ path: where }) => where)).toEqual(['engine']);
  });

  test('keeps its data in a folder below the mount, where no lost+found is', () => {
    const texts = [...Object.values(plan.environment), ...Object.values(plan.files).flatMap(text => text.split(/[\s='":,]+/))];
    const below = texts.filter(text => text.startsWith(`${plan.dataMount}/`));
    expect(below).not.toEqual([]);
    // Only the start script may know the root itself, to lock and to look around.
    expect(Object.entries(plan.environment).filter(([, value]) => value === plan.dataMount).map(([name]) => name).filter(name => name !== 'VOLUME_DIR')).toEqual([]);
    expect(Object.values(plan.files).flatMap(text => text.split(/[\s='":,]+/)).filter(text => text.replace(/\/$/, '') === plan.dataMount)).toEqual([]);
    expect(plan.walMount !== undefined).toBe(engine().separatesLog);
  });

  test('tells its scripts which version was declared', () => {
    expect(Object.values(plan.environment)).toContain(major);
  });

  test('runs as the user of its image, and can write wherever that writes', () => {
    const facts = imageFacts(folder);
    expect({ user: plan.user, group: plan.group }).toEqual({ user: facts.user, group: facts.group });
    expect(Math.min(plan.user, plan.group)).toBeGreaterThan(0);
    const writable = [plan.dataMount, ...(plan.walMount === undefined ? [] : [plan.walMount]), ...plan.scratch.map(({ path: each }) => each)];
    expect(facts.writes.length).toBeGreaterThan(0);
    expect(facts.writes.filter(each => !writable.some(root => `${each}/`.startsWith(`${root}/`)))).toEqual([]);
    // Data that a tool or a person puts where the image has it must not lie in the container.
    expect(facts.data.filter(each => !writable.some(root => `${each}/`.startsWith(`${root}/`)))).toEqual([]);
    expect(facts.source).toMatch(/^https:\/\//);
  });

  test('asks a different question with each probe, by a mounted script', () => {
    const stop = plan.stopCommand.length === 0 ? [] : [plan.stopCommand];
    const commands = [plan.command, plan.startup.command, plan.readiness.command, plan.liveness.command, ...stop, ...plan.companions.map(({ command }) => command)];
    expect(new Set(commands.map(command => JSON.stringify(command))).size).toBe(commands.length);
    const scripts = Object.keys(plan.scripts).map(name => `${MOUNTS.scripts}/${name}`);
    expect(commands.filter(([program]) => !scripts.includes(program ?? ''))).toEqual([]);
  });

  test('asks with each probe something else than with the others, and does not only name it differently', () => {
    const questions = [plan.startup, plan.readiness, plan.liveness].map(({ command: [program = ''] }) => codeOf(plan.scripts[path.basename(program)] ?? ''));
    expect(questions.filter(code => code === '')).toEqual([]);
    expect(new Set(questions).size).toBe(3);
  });

  test('gives its probes and their scripts the same time', () => {
    const told = plan.environment.PROBE_TIMEOUT;
    expect([plan.startup, plan.readiness].map(({ timeout }) => told === undefined ? undefined : `${timeout.toSeconds()}`)).toEqual([told, told]);
    expect(plan.liveness.timeout.toSeconds()).toBeGreaterThanOrEqual(plan.startup.timeout.toSeconds());
  });

  test('limits every folder that it writes to, and keeps it away from the volumes', () => {
    expect(plan.scratch.filter(({ size }) => !(size.toMebibytes() > 0))).toEqual([]);
    const volumes = [plan.dataMount, ...(plan.walMount === undefined ? [] : [plan.walMount])];
    expect(plan.scratch.filter(({ path: folder }) => volumes.some(volume => `${folder}/`.startsWith(`${volume}/`) || `${volume}/`.startsWith(`${folder}/`)))).toEqual([]);
    expect(plan.scratch.map(({ name }) => name)).toEqual(expect.arrayContaining(plan.companions.flatMap(({ sharedScratch }) => sharedScratch)));
    // Volumes of the pod have one name each, and these are taken.
    const names = plan.scratch.map(({ name }) => name);
    expect(names.filter((name, index) => ['data', 'wal', 'config', 'scripts', 'credentials', 'tls'].includes(name) || names.indexOf(name) !== index)).toEqual([]);
  });

  test('reads secrets from files alone', () => {
    const variables = [plan.environment, ...plan.companions.map(({ environment }) => environment)].flatMap(each => Object.entries(each));
    const secret = variables.filter(([name]) => /PASS|SECRET|TOKEN|CREDENTIAL|AUTH/.test(name)).map(([, value]) => value);
    expect(secret.filter(value => !`${value}/`.startsWith(`${MOUNTS.credentials}/`))).toEqual([]);
    const chart = newChart();
    // A server that has no users without a certificate says so.
    const plain = engine().check(request(engine(), { tls: false, tlsRequired: false })).every(({ path: where }) => where !== 'tls');
    const tls = plain ? library.Tls.disabled() : library.Tls.fromSecret('orders-tls');
    new library.SingleInstanceDb(chart, 'orders', { engine: engine(), storage: { size: Size.gibibytes(50) }, tls });
    expect(JSON.stringify(objects(chart))).not.toMatch(/secretKeyRef|secretRef|envFrom|valueFrom/);
    expect(plan.client.passwordKey === '' ? [''] : Object.values(plan.passwordKeys)).toContain(plan.client.passwordKey);
  });

  test('refuses more than the memory has room for', () => {
    const { memory } = engine().defaults;
    // A server that has no figure for connections says so.
    const [many] = engine().check(request(engine(), { connections: 10_000 }));
    expect(['resources.memory', 'sizing.connections']).toContain(many?.path);
    expect(engine().check(request(engine(), { memory: Size.mebibytes(1) })).map(({ path: where }) => where)).toEqual(['resources.memory']);
    expect(memory.toMebibytes()).toBeGreaterThan(1);
  });

  test('takes no longer to stop or start with less', () => {
    const one = engine();
    expect(one.shutdownTimeout(Size.gibibytes(1)).toSeconds()).toBeLessThanOrEqual(one.shutdownTimeout(Size.gibibytes(64)).toSeconds());
    expect(one.startupTimeout(Size.gibibytes(1)).toSeconds()).toBeLessThanOrEqual(one.startupTimeout(Size.tebibytes(64)).toSeconds());
    expect(one.shutdownTimeout(Size.gibibytes(1)).toSeconds()).toBeGreaterThanOrEqual(30);
    expect(one.startupTimeout(Size.gibibytes(1)).toSeconds()).toBeGreaterThanOrEqual(300);
  });

  test('declares how its figures are read and how its data is backed up, or why not', () => {
    const { exporter, backupSupport } = engine();
    expect([exporter.port, exporter.noneBecause].filter(each => each !== undefined)).toHaveLength(1);
    expect((exporter.noneBecause ?? 'it has a port').length).toBeGreaterThan(10);
    expect(exporter.exporterImage ?? 'example.com/a:1').toMatch(/^[a-z0-9.-]+\/[a-z0-9./_-]+:v?\d[\w.-]*$/);
    expect(backupSupport.tools.length > 0).toBe(backupSupport.noneBecause === undefined);
    expect((backupSupport.noneBecause ?? 'it has tools').length).toBeGreaterThan(10);
  });

  test('makes backups that it can load and check itself, with the tools of its own image, or leaves that to other tools', () => {
    const dumps = engine().backupSupport.tools.flatMap(({ dump }) => (dump === undefined ? [] : [dump]));
    const restored = planOf(engine(), { restore: true });
    for (const dump of dumps) {
      expect(dump).toMatchObject({ format: folder, image: plan.image, user: plan.user, group: plan.group });
      expect(dump.memory.toMebibytes()).toBeGreaterThan(31);
      const [dumping = '', checking = ''] = ['dump.sh', 'check.sh'].map(name => dump.scripts[name]);
      expect(['dump()', 'verify()'].filter(name => !Object.values(dump.scripts).some(text => text.includes(`\n${name} {`)))).toEqual([]);
      expect(['server_answers()', 'integrity()', 'counted()', 'assertion()'].filter(name => !checking.includes(`\n${name} {`))).toEqual([]);
      expect(dumping).not.toBe('');
      expect(plan.environment).toMatchObject({ ENGINE: folder, RESTORE: 'false' });
      expect(restored.environment).toMatchObject({ ENGINE: folder, RESTORE: 'true' });
      expect(Object.keys(plan.scripts)).toEqual(expect.arrayContaining(['restore.sh']));
      expect(plan.scripts['start.sh']).toMatch(/refuse_lost_restore[^]*settle_restore/);
      expect(fs.readFileSync(path.join(ENGINES, folder, 'README.md'), 'utf8')).toMatch(/^## Backups$/m);
    }
  });

  test('warns with codes of its own, and says what its node needs in one line', () => {
    expect(engine().warnings(request(engine())).filter(({ code, message }) => !code.startsWith(`${folder}-`) || message.length < 20)).toEqual([]);
    expect(plan.nodeRequirements.filter(({ name, reason, value }) => /[|\n]/.test(name + reason + value))).toEqual([]);
  });

  test('names its ports and files as Kubernetes allows', () => {
    expect(plan.ports.filter(({ name }) => !/^(?=.*[a-z])[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]$/.test(name) || name.length > 15)).toEqual([]);
    expect(plan.ports[0]?.forClients).toBe(true);
    expect([...Object.keys(plan.files), ...Object.keys(plan.scripts)].filter(name => !/^[-._a-zA-Z0-9]{1,253}$/.test(name))).toEqual([]);
    expect(Object.keys(plan.files)).toEqual(expect.arrayContaining(plan.liveFiles));
    expect(Object.values(plan.files).concat(Object.values(plan.scripts)).reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeLessThan(1024 * 1024);
  });
});
