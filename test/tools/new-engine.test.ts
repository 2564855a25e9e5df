import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { newEngine, USAGE } from '../../tools/new-engine/new-engine';
import { placesOf } from '../../tools/new-engine/places';
import { withExport, writeAll } from '../../tools/new-engine/write';

const ROOT = path.join(__dirname, '..', '..');
const COPIED = [
  'examples', 'imports', 'lib', 'test', 'tools', '.dependency-cruiser.js', 'eslint.config.mjs', 'jest.config.js', 'package.json', 'tsconfig.jest.json', 'tsconfig.json',
];

/** What the skeleton of an engine consists of. */
const FILES = [
  'examples/NAME.ts',
  ...['NAME.ts', 'README.md', 'check-settings.ts', 'index.ts', 'member.ts', 'reserved.ts', 'scripts/alive.sh', 'scripts/ready.sh', 'scripts/start.sh', 'scripts/started.sh',
    'settings.ts', 'sizing.ts', 'unfinished.ts', 'versions.ts'].map(file => `lib/engines/NAME/${file}`),
  'test/cluster/engines/NAME.test.ts', 'test/cluster/engines/clients/NAME.sh',
  'test/engines/NAME/NAME.test.ts', 'test/engines/NAME/image.json', 'test/engines/NAME/request.ts',
  'test/refusals/NAME.ts',
  'test/scripts/NAME/common.bash', 'test/scripts/NAME/probes.bats', 'test/scripts/NAME/start.bats', 'test/scripts/NAME/stubs/NAME-server',
];

/** What the contract has to say of a skeleton, beside the list of what is left to do. */
const RED = [
  'asks with each probe something else than with the others, and does not only name it differently',
  'leaves nothing to do: every fact of the skeleton is filled in',
  'tells what it supports, its limits and its sources, and how its figures are read and its data backed up',
  'refuses nothing that it takes by default',
  'runs one certain release of its version, and the one that is asked for',
  'runs as the user of its image, and can write wherever that writes',
  'reads secrets from files alone',
  'refuses more than the memory has room for',
];

let copy = '';

function run(program: string, ...argv: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, UPDATE_GOLDEN: '', CI: '' } });
  return { code: status, output: stdout + stderr };
}

const node = (file: string, ...argv: string[]): { code: number | null; output: string } => run(process.execPath, path.join('node_modules', file), ...argv);
const ofBoth = (files: readonly string[]): string[] => ['acme', 'plain'].flatMap(name => files.map(file => file.replace(/NAME/g, name)));
const text = (file: string): string => fs.readFileSync(path.join(copy, file), 'utf8');
const filesBelow = (place: string): string[] => (fs.statSync(path.join(copy, place)).isFile() ? [place]
  : (fs.readdirSync(path.join(copy, place), { recursive: true, withFileTypes: true })).filter(entry => entry.isFile()).map(entry => path.relative(copy, path.join(entry.parentPath, entry.name))));
const everything = (): string[] => ['lib', 'test', 'examples'].flatMap(filesBelow).sort();

// A copy of the repository with two new engines: one of an image with bash, one of an image without.
beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'new-engine-'));
  COPIED.forEach(name => { fs.cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true, filter: file => path.basename(file) !== 'node_modules' }); });
  // One engine beside the new ones is enough, and takes a tenth of the time.
  const index = path.join(copy, 'lib', 'engines', 'index.ts');
  fs.writeFileSync(index, 'export * from \'./postgres\';\n');
  fs.readdirSync(path.dirname(index)).filter(name => !['index.ts', 'postgres'].includes(name)).flatMap(placesOf).forEach(place => { fs.rmSync(path.join(copy, place), { recursive: true, force: true }); });
  // What is refused of backups and snapshots is told with several engines.
  ['backup.ts', 'snapshot.ts'].forEach(file => { fs.rmSync(path.join(copy, 'test', 'refusals', file)); });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  // What the new files do not import need not be read.
  const config = path.join(copy, 'tsconfig.json');
  const include = ['lib', 'examples/acme.ts', 'examples/plain.ts', 'test/engines', 'test/refusals', 'test/cluster/engines', 'tools/new-engine'];
  fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace(/"include": \[[^\]]*\]/, `"include": ${JSON.stringify(include)}`));
  newEngine(copy, ['acme', '--class', 'AcmeDb', '--series', '8.0,8.1']);
  newEngine(copy, ['plain', '--shell', 'sh']);
});
afterAll(() => { fs.rmSync(copy, { recursive: true, force: true }); });

test('makes every file of an engine, in the places that are an engine\'s', () => {
  expect(['acme', 'plain'].flatMap(placesOf).flatMap(filesBelow).sort()).toEqual(ofBoth(FILES).sort());
  expect(ofBoth(FILES).filter(file => /\{\{|\}\}[^}]*\}\}/.test(text(file)))).toEqual([]);
});

test('makes programs of the scripts, and of nothing else', () => {
  const programs = ofBoth(FILES).filter(file => (fs.statSync(path.join(copy, file)).mode & 0o111) !== 0);
  expect(programs).toEqual(ofBoth(FILES).filter(file => /\.sh$|\/stubs\//.test(file)));
  expect(programs.filter(file => file.startsWith('lib/')).map(file => [file.split('/')[2], text(file).split('\n')[0]]))
    .toEqual([...Array<string[]>(4).fill(['acme', '#!/usr/bin/env bash']), ...Array<string[]>(4).fill(['plain', '#!/bin/sh'])]);
});

test('has the class, its factories and its series as they were asked for', () => {
  expect(text('lib/engines/acme/acme.ts')).toMatch(/export class AcmeDb implements IEngine[^]*static v80\(\): AcmeDb[^]*static v81\(\): AcmeDb/);
  expect(text('lib/engines/acme/versions.ts')).toMatch(/'8\.0': \{ patch: '8\.0\.TODO' \}[^]*'8\.1': \{ patch: '8\.1\.TODO' \}/);
  expect(text('lib/engines/plain/plain.ts')).toMatch(/export class Plain implements IEngine[^]*static v1\(\): Plain/);
});

test('adds one line for each engine to the index, sorted', () => {
  const lines = text('lib/engines/index.ts').split('\n');
  expect(lines).toEqual(expect.arrayContaining(['export * from \'./acme\';', 'export * from \'./plain\';', 'export * from \'./postgres\';', '']));
  expect(lines.slice(0, -1)).toEqual([...lines.slice(0, -1)].sort());
  expect(withExport('export * from \'./b\';\n', 'a')).toBe('export * from \'./a\';\nexport * from \'./b\';\n');
  expect(withExport(withExport('', 'a'), 'a')).toBe('export * from \'./a\';\n');
});

test('compiles, and breaks no rule of style, of the shell or of the house', () => {
  expect(node('typescript/bin/tsc', '--noEmit', '--project', '.')).toEqual({ code: 0, output: '' });
  expect(node('eslint/bin/eslint.js', ...ofBoth(FILES).filter(file => file.endsWith('.ts')), 'lib/engines/index.ts')).toEqual({ code: 0, output: '' });
  expect(run('shellcheck', '-x', ...ofBoth(FILES).filter(file => /\.(?:sh|bats|bash)$|\/stubs\//.test(file)))).toEqual({ code: 0, output: '' });
  expect(run('node_modules/bats/bin/bats', 'test/scripts/house')).toMatchObject({ code: 0 });
  expect(node('dependency-cruiser/bin/dependency-cruise.mjs', 'lib', 'imports', '--config', '.dependency-cruiser.js')).toMatchObject({ code: 0 });
});

describe('the contract', () => {
  interface Assertion { readonly ancestorTitles: string[]; readonly title: string; readonly status: string; readonly failureMessages: string[] }
  let results: Assertion[] = [];

  beforeAll(() => {
    const file = path.join(copy, 'contract.json');
    node('jest/bin/jest.js', 'test/engines/contract.test.ts', '--json', '--outputFile', file);
    results = (JSON.parse(fs.readFileSync(file, 'utf8')) as { testResults: { assertionResults: Assertion[] }[] }).testResults.flatMap(({ assertionResults }) => assertionResults);
  });

  const failed = (of: RegExp): Assertion[] => results.filter(({ ancestorTitles: [first = ''], status }) => of.test(first) && status === 'failed');

  test.each([['acme', /^(lib\/engines\/acme|AcmeDb 8\.[01])$/], ['plain', /^(lib\/engines\/plain|Plain 1)$/]])('is red for %s, for what is missing and for nothing else', (name, of) => {
    expect([...new Set(failed(of).map(({ title }) => title))].sort()).toEqual([...RED].sort());
    const [todo] = failed(of).filter(({ title }) => title.startsWith('leaves nothing to do'));
    const listed = FILES.map(file => file.replace(/NAME/g, name)).filter(file => todo?.failureMessages.join('\n').includes(`${file}:`));
    expect(listed).toEqual(expect.arrayContaining(['settings.ts', 'sizing.ts', 'versions.ts', 'README.md', 'scripts/start.sh', 'scripts/ready.sh', `${name}.ts`].map(file => `lib/engines/${name}/${file}`)));
    expect(listed).toEqual(expect.arrayContaining([`examples/${name}.ts`, `test/refusals/${name}.ts`, `test/engines/${name}/image.json`, `test/scripts/${name}/start.bats`, `test/cluster/engines/${name}.test.ts`]));
    expect(todo?.failureMessages.join('\n')).toMatch(/versions\.ts:\d+: repository: 'TODO: the repository of the official image/);
  });

  test('is as green as before for all others', () => {
    expect(results.length).toBeGreaterThan(50);
    expect(failed(/^(?!lib\/engines\/(?:acme|plain)$|AcmeDb|Plain)/)).toEqual([]);
  });
});

test('nobody can render a database of a skeleton, and its own tests and scripts are red', () => {
  const { code, output } = run(process.execPath, 'node_modules/ts-node/dist/bin.js', 'tools/synth.ts', 'acme');
  expect(code).not.toBe(0);
  expect(output).toContain('engine: got AcmeDb, a skeleton, want an engine in which nothing is left to do');
  expect(run('node_modules/bats/bin/bats', 'test/scripts/acme', 'test/scripts/plain').output).toMatch(/^not ok \d+ an empty volume becomes data of the declared version/m);
  expect(node('jest/bin/jest.js', 'test/engines/acme', 'test/refusals.test.ts').code).toBe(1);
});

describe('refuses', () => {
  const problem = (...argv: string[]): string => {
    const before = everything();
    const index = text('lib/engines/index.ts');
    let message = 'nothing was refused';
    try { newEngine(copy, argv); } catch (error) { ({ message } = error as Error); }
    expect(everything()).toEqual(before);
    expect(text('lib/engines/index.ts')).toBe(index);
    return message;
  };

  test.each(['Acme', 'my-db', 'my_db', '9p', 'a', '', '../acme', 'äcme', 'a'.repeat(32), 'a b'])('the name %j', name => {
    expect(problem(name)).toBe(`nothing was written:\n  - the name ${JSON.stringify(name)} is no identifier in lower case: a letter, then letters and digits, 2 to 31 in all, such as "valkey"`);
  });

  test.each(['class', 'index', 'database', 'house', 'core', 'suite', 'new'])('the name %s, which is taken by the language or by us', name => {
    expect(problem(name, '--class', 'Another')).toContain(`the name "${name}" is taken by the language or by the repository`);
  });

  test('a name that exists, also in part', () => {
    const said = problem('postgres', '--class', 'Another');
    expect(said).toContain('  - lib/engines/postgres is there already; nothing is overwritten');
    expect(said).toContain('  - test/refusals/postgres.ts is there already; nothing is overwritten');
    fs.writeFileSync(path.join(copy, 'test', 'refusals', 'half.ts'), 'mine');
    expect(problem('half')).toBe('nothing was written:\n  - test/refusals/half.ts is there already; nothing is overwritten');
    expect(text('test/refusals/half.ts')).toBe('mine');
  });

  test('a class that is none, or that exists', () => {
    expect(problem('another', '--class', 'another')).toContain('the class "another" is no name of a class');
    expect(problem('another', '--class', 'Postgres')).toContain('the class "Postgres": Postgres is declared in lib/engines/postgres/postgres.ts; choose another with --class');
    expect(problem('client')).toContain('the class "Client": Client is declared in lib/core/client.ts');
  });

  test('series and shells that are none, and arguments that it does not know', () => {
    expect(problem('another', '--series', '8,x', '--shell', 'fish')).toBe('nothing was written:\n  - the series "x" is none, such as "8" or "8.1"\n  - the shell "fish" is neither "bash" nor "sh"');
    expect(problem('another', '--series', '8,8')).toContain('the series are to be one or more, each once');
    expect(problem('another', '--series', '8,8.1')).toContain('the series "8.1" is part of another one');
    expect([problem(), problem('a1', 'b1')]).toEqual([USAGE, USAGE]);
    expect(problem('another', '--force')).toContain('--force');
  });
});

test('writes all or nothing', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'new-engine-'));
  const file = (name: string): { path: string; text: string; executable: boolean } => ({ path: name, text: name, executable: false });
  fs.writeFileSync(path.join(folder, 'index.ts'), 'old');
  fs.writeFileSync(path.join(folder, 'there'), 'mine');
  expect(() => { writeAll(folder, [file('a/b/c'), file('a/d'), file('there')], { path: 'index.ts', text: 'new' }); }).toThrow('EEXIST');
  expect(fs.readdirSync(folder).sort()).toEqual(['index.ts', 'there']);
  expect(() => { writeAll(folder, [file('a/b/c')], { path: 'missing/index.ts', text: 'new' }); }).toThrow('ENOENT');
  expect(fs.readdirSync(folder).sort()).toEqual(['index.ts', 'there']);
  expect(['index.ts', 'there'].map(name => fs.readFileSync(path.join(folder, name), 'utf8'))).toEqual(['old', 'mine']);
  writeAll(folder, [file('a/b/c'), file('a/d')], { path: 'index.ts', text: 'new' });
  expect(['a/b/c', 'a/d', 'index.ts'].map(name => fs.readFileSync(path.join(folder, name), 'utf8'))).toEqual(['a/b/c', 'a/d', 'new']);
  fs.rmSync(folder, { recursive: true });
});

test('the command says what it made, and ends with an error where it makes nothing', () => {
  const command = (...argv: string[]): { code: number | null; output: string } => run(process.execPath, 'node_modules/ts-node/dist/bin.js', 'tools/new-engine/main.ts', ...argv);
  const { scripts } = JSON.parse(text('package.json')) as { scripts: { [name: string]: string } };
  expect(scripts['new-engine']).toBe('ts-node tools/new-engine/main.ts');
  expect(command('acme')).toMatchObject({ code: 1 });
  expect(command('acme').output).toContain('new-engine: nothing was written:\n  - lib/engines/acme is there already');
  const made = command('third', '--class', 'ThirdDb');
  expect(made.code).toBe(0);
  expect(made.output).toContain('  + lib/engines/third/third.ts\n');
  expect(made.output).toContain('  ~ lib/engines/index.ts\n');
});
