import * as fs from 'fs';
import * as path from 'path';
import { Size } from 'cdk8s';
import { Postgres, Problem, Refusal } from '../lib';
import { OTHERS as BACKUPS } from './refusals/backup';
import { DATABASE, OTHERS as CLASSES, type Refused } from './refusals/database';
import { OTHERS as SNAPSHOTS } from './refusals/snapshot';
import { database, refusalOf, render } from './rendering';

const LIB = path.join(__dirname, '..', 'lib');
const FOLDER = path.join(__dirname, 'refusals');

/** The refusals of each engine: REFUSED of the file of its name. */
const ENGINES: readonly Refused[] = fs.readdirSync(FOLDER).filter(file => file !== 'database.ts').sort().flatMap(file =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require(path.join(FOLDER, file)) as { REFUSED: readonly Refused[] }).REFUSED);
const OTHERS = [...CLASSES, ...BACKUPS, ...SNAPSHOTS];
const ROWS = [...DATABASE, ...ENGINES].map(([make, ...lines]) => (
  { make, message: ['SingleInstanceDb "test/orders" is not valid:', ...lines.map(line => `  - ${line}`)].join('\n') }));

/** What the sources say that they want, each with its place; what is filled in at run time fits anything. */
function wanted(): [place: string, pattern: RegExp][] {
  const files = fs.readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).sort();
  return files.flatMap(file => fs.readFileSync(path.join(LIB, file), 'utf8').split('\n').flatMap((line, index) => {
    const [, rest] = /\bwant: (.*)/.exec(line) ?? [];
    const literals = [...(rest ?? '').split(/, remedy|\}\)?\]/)[0]?.matchAll(/'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g) ?? []];
    return literals.map(([, plain, template]): [string, RegExp] => [`${file}:${index + 1}`, patternOf(plain ?? template ?? '')]);
  }));
}

function patternOf(literal: string): RegExp {
  const parts = literal.replace(/\\'/g, '\'').split(/\$\{(?:[^{}]|\{[^}]*\})*\}/).map(part => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`, want ${parts.join('.+')}(?:;|$)`, 'm');
}

test.each(ROWS)('$message', ({ make, message }) => {
  expect(refusalOf(make)).toBe(message);
});

test.each(OTHERS.map(([make, message]) => ({ make, message })))('$message', ({ make, message }) => {
  expect(refusalOf(make)).toBe(message);
});

const ALL = [...ROWS.map(({ message }) => message), ...OTHERS.map(([, message]) => message)].join('\n');

test('the wishes in the sources are found', () => {
  expect(wanted().length).toBeGreaterThan(45);
  expect(wanted().map(([, pattern]) => pattern.source)).toContain(', want at least one address range(?:;|$)');
});

test.each(wanted())('what %s wants is pinned here: %s', (_place, pattern) => {
  expect(ALL).toMatch(pattern);
});

test('everything that is wrong is said at once, room by room', () => {
  const make = (): unknown => database({
    name: 'Orders', storage: { size: Size.mebibytes(1) }, image: 'postgres', labels: { 'a b': '' }, engine: Postgres.v17({ databases: [], superuser: '' }), settings: { fsync: 'off' },
    sizing: { connections: 1 },
  });
  expect(refusalOf(make).split('\n').map(line => line.split(': ')[0])).toEqual([
    'SingleInstanceDb "test/orders" is not valid:', '  - name', '  - storage.size', '  - image', '  - labels."a b"', '  - engine.superuser', '  - engine.databases', '  - engine.roles',
    '  - settings.fsync', '  - sizing.connections',
  ]);
});

test('the problems of a refusal can be read by a program', () => {
  const problems: Problem[] = [];
  try {
    database({ storage: { size: Size.mebibytes(1) }, settings: { port: '1' } });
  } catch (error) { problems.push(...Refusal.problemsOf(error)); }
  expect(problems).toEqual([
    { path: 'storage.size', got: '1Mi', want: 'at least 1Gi' },
    { path: 'settings.port', got: '"1"', want: 'nothing: the library owns it', remedy: 'it is 5432' },
  ]);
});

test('every message is one line for each problem, and can be printed', () => {
  for (const { message } of ROWS) {
    expect(message).toMatch(/^[^\n]+:(?:\n {2}- [^\n]+: got [^\n]+, want [^\n]+)+$/);
    // eslint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
  }
  expect(ROWS.length).toBeGreaterThan(60);
});

test('what is not wrong is not refused', () => {
  expect(render()).not.toEqual([]);
});
