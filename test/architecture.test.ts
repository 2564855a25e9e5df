import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import data from './architecture/rooms.json';

const { flavours, ...rooms } = data;

const ROOT = path.join(__dirname, '..');
const RESULTS = path.join(ROOT, '.test-results');

interface Report { readonly violated: readonly string[]; readonly modules: number; readonly dependencies: number }

/** What dependency-cruiser says of the lib/ and imports/ of a folder, as `rule: from → to`. */
function cruise(folder: string): Report {
  const tool = path.join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const argv = [tool, 'lib', 'imports', '--config', path.join(ROOT, '.dependency-cruiser.js'), '--output-type', 'json'];
  const output = execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const { summary } = JSON.parse(output) as {
    summary: { totalCruised: number; totalDependenciesCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return {
    modules: summary.totalCruised,
    dependencies: summary.totalDependenciesCruised,
    violated: summary.violations
      .map(({ rule, from, to }) => `${rule.name}: ${from} → ${to.replace(/^.*node_modules\/([^/]+)\/.*$/, '$1')}`).sort(),
  };
}

/** A small library in which every import is allowed. */
const GOOD: { readonly [file: string]: string } = {
  'imports/kubernetes/apps-v1.ts': 'import type { ObjectMeta } from \'./meta-v1\'; export interface StatefulSet { readonly metadata: ObjectMeta }',
  'imports/kubernetes/meta-v1.ts': 'export interface ObjectMeta { readonly name: string }',
  'lib/index.ts': 'export * from \'./core\'; export * from \'./engines\';',
  'lib/core/index.ts': 'export * from \'./names\'; export * from \'./scripts\';',
  'lib/core/names.ts': 'import { Size } from \'cdk8s\'; import type { Construct } from \'constructs\'; export const NAME = [Size] as unknown as Construct[];',
  'lib/core/scripts.ts': 'import * as fs from \'fs\'; import * as path from \'path\'; export const read = [fs, path];',
  'lib/engines/index.ts': 'export * from \'./postgres\';',
  'lib/engines/postgres/index.ts': 'export * from \'./postgres\';',
  'lib/engines/postgres/postgres.ts': 'import { NAME } from \'../../core\'; import { SETTINGS } from \'./settings\'; export const POSTGRES = [NAME, SETTINGS];',
  'lib/engines/postgres/settings.ts': 'export const SETTINGS = 1;',
  'lib/engines/mysql/mysql.ts': 'export const MYSQL = 1;',
  'lib/engines/timescaledb/timescaledb.ts': 'import { POSTGRES } from \'../postgres/postgres\'; export const TIMESCALEDB = [POSTGRES];',
  'lib/workload/pod.ts': 'import * as crypto from \'crypto\'; import type { StatefulSet } from \'../../imports/kubernetes/apps-v1\'; '
    + 'export type Set = StatefulSet; export const POD = crypto;',
  'lib/topologies/single.ts': 'import { ApiObject } from \'cdk8s\'; import { POD } from \'../workload/pod\'; export const SINGLE = [ApiObject, POD];',
};

/** Breaches, each in a file of its own: what is written, and all that must be reported. */
const BREACHES: readonly (readonly [file: string, text: string, ...reported: string[]])[] = [
  ['lib/core/knows-engine.ts', 'export * from \'../engines/mysql/mysql\';',
    'core: rooms: lib/core/knows-engine.ts → lib/engines/mysql/mysql.ts'],
  ['lib/core/knows-kubernetes.ts', 'export type * from \'../../imports/kubernetes/apps-v1\';',
    'core: imports: lib/core/knows-kubernetes.ts → imports/kubernetes/apps-v1.ts'],
  ['lib/engines/postgres/makes-objects.ts', 'import { Construct } from \'constructs\'; export const A = Construct;',
    'engines/*: packages: lib/engines/postgres/makes-objects.ts → constructs'],
  ['lib/engines/postgres/types-only.ts', 'import type { Construct } from \'constructs\'; export type A = Construct;',
    'engines/*: packages: lib/engines/postgres/types-only.ts → constructs'],
  ['lib/engines/postgres/knows-sibling.ts', 'export * from \'../mysql/mysql\';',
    'engines/*: rooms: lib/engines/postgres/knows-sibling.ts → lib/engines/mysql/mysql.ts'],
  ['lib/engines/postgres/knows-room.ts', 'export * from \'../../workload/pod\';',
    'engines/*: rooms: lib/engines/postgres/knows-room.ts → lib/workload/pod.ts'],
  ['lib/engines/postgres/knows-kubernetes.ts', 'export type * from \'../../../imports/kubernetes/apps-v1\';',
    'engines/*: imports: lib/engines/postgres/knows-kubernetes.ts → imports/kubernetes/apps-v1.ts'],
  ['lib/engines/postgres/reads-disk.ts', 'import * as fs from \'fs\'; export const A = fs;',
    'engines need nothing of Node: lib/engines/postgres/reads-disk.ts → fs', 'one file reads the disk: lib/engines/postgres/reads-disk.ts → fs'],
  ['lib/engines/mysql/reads-environment.ts', 'import { env } from \'node:process\'; export const A = env;',
    'engines need nothing of Node: lib/engines/mysql/reads-environment.ts → process',
    'one file reads the disk: lib/engines/mysql/reads-environment.ts → process'],
  ['lib/storage/knows-security.ts', 'import type { A } from \'../security/a\'; export type B = A;',
    'storage: rooms: lib/storage/knows-security.ts → lib/security/a.ts'],
  ['lib/security/a.ts', 'export interface A { readonly a: number }'],
  ['lib/scheduling/knows-storage.ts', 'export * from \'../storage/fine\';', 'scheduling: rooms: lib/scheduling/knows-storage.ts → lib/storage/fine.ts'],
  ['lib/storage/fine.ts', 'export const FINE = 1;'],
  ['lib/networking/knows-workload.ts', 'export * from \'../workload/pod\';', 'networking: rooms: lib/networking/knows-workload.ts → lib/workload/pod.ts'],
  ['lib/security/knows-topology.ts', 'export * from \'../topologies/single\';', 'security: rooms: lib/security/knows-topology.ts → lib/topologies/single.ts'],
  ['lib/workload/knows-storage.ts', 'export * from \'../storage/fine\';', 'workload: rooms: lib/workload/knows-storage.ts → lib/storage/fine.ts'],
  ['lib/workload/reads-disk.ts', 'import { readFileSync } from \'node:fs\'; export const A = readFileSync;',
    'one file reads the disk: lib/workload/reads-disk.ts → fs'],
  ['lib/workload/loads-types.ts', 'import { StatefulSet } from \'../../imports/kubernetes/apps-v1\'; export const A = {} as StatefulSet;',
    'imports/ is types only: lib/workload/loads-types.ts → imports/kubernetes/apps-v1.ts'],
  ['lib/workload/unpublished.ts', 'import { parse } from \'yaml\'; export const A = parse;', 'workload: packages: lib/workload/unpublished.ts → yaml'],
  ['lib/topologies/knows-engine.ts', 'export * from \'../engines/mysql/mysql\';',
    'topologies: rooms: lib/topologies/knows-engine.ts → lib/engines/mysql/mysql.ts'],
  ['lib/backup/knows-topology.ts', 'import type { SINGLE } from \'../topologies/single\'; export type A = typeof SINGLE;',
    'backup: rooms: lib/backup/knows-topology.ts → lib/topologies/single.ts'],
  ['lib/backup/knows-engine.ts', 'export * from \'../engines/mysql/mysql\';', 'backup: rooms: lib/backup/knows-engine.ts → lib/engines/mysql/mysql.ts'],
  ['lib/restore/knows-topology.ts', 'export * from \'../topologies/single\';', 'restore: rooms: lib/restore/knows-topology.ts → lib/topologies/single.ts'],
  ['lib/monitoring/knows-workload.ts', 'export * from \'../workload/pod\';', 'monitoring: rooms: lib/monitoring/knows-workload.ts → lib/workload/pod.ts'],
  ['lib/operations/knows-topology.ts', 'export * from \'../topologies/single\';',
    'operations: rooms: lib/operations/knows-topology.ts → lib/topologies/single.ts'],
  ['lib/operators/cnpg/builds-pods.ts', 'export * from \'../../workload/pod\';', 'operators/*: rooms: lib/operators/cnpg/builds-pods.ts → lib/workload/pod.ts'],
  ['lib/terraform/knows-names.ts', 'export * from \'../core/names\';', 'terraform: rooms: lib/terraform/knows-names.ts → lib/core/names.ts'],
  ['lib/plan/knows-engine.ts', 'export * from \'../engines/mysql/mysql\';', 'plan: rooms: lib/plan/knows-engine.ts → lib/engines/mysql/mysql.ts'],
  ['lib/plan/makes-objects.ts', 'import { Construct } from \'constructs\'; export const A = Construct;', 'plan: packages: lib/plan/makes-objects.ts → constructs'],
  ['lib/utils/helper.ts', 'export * from \'../core/names\';', 'every file is in a room: lib/utils/helper.ts → lib/core/names.ts'],
  ['lib/operators/index.ts', 'export * from \'../core/names\';', 'the list of engines only lists: lib/operators/index.ts → lib/core/names.ts'],
  ['lib/core/one.ts', 'import { TWO } from \'./two\'; export const ONE = TWO;', 'no cycles: lib/core/one.ts → lib/core/two.ts'],
  ['lib/core/two.ts', 'import type { ONE } from \'./one\'; export const TWO = 1 as unknown as typeof ONE;'], // one cycle is one report
  ['lib/core/for-tests.ts', 'export * from \'../../tools/tool\';', 'lib needs only what is published: lib/core/for-tests.ts → tools/tool.ts'],
  ...Object.keys(flavours).map(engine => [`lib/engines/${engine}/knows-room.ts`, 'export * from \'../../workload/pod\';',
    `engines/${engine}: rooms: lib/engines/${engine}/knows-room.ts → lib/workload/pod.ts`] as const),
  ['lib/engines/timescaledb/knows-cousin.ts', 'export * from \'../mysql/mysql\';', 'engines/timescaledb: rooms: lib/engines/timescaledb/knows-cousin.ts → lib/engines/mysql/mysql.ts'],
  ['lib/core/typo.ts', 'export * from \'./nmaes\';', 'every import is found: lib/core/typo.ts → ./nmaes'],
  ['imports/crds/knows-lib.ts', 'export * from \'../../lib/core/names\';', 'imports/ stands alone: imports/crds/knows-lib.ts → lib/core/names.ts'],
];

/** A folder below this one, so that packages are found as they are from lib/. */
function seeded(...files: readonly (readonly [file: string, text: string, ...rest: string[]])[]): Report {
  fs.mkdirSync(RESULTS, { recursive: true });
  const folder = fs.mkdtempSync(path.join(RESULTS, 'rooms-'));
  try {
    files.forEach(([file, text]) => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    });
    return cruise(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function filesBelow(folder: string): string[] {
  return (fs.readdirSync(path.join(ROOT, folder), { recursive: true }) as string[]).filter(file => file.endsWith('.ts'));
}

describe('the library', () => {
  const report = cruise(ROOT);

  test('keeps to the rooms', () => {
    expect(report.violated).toEqual([]);
  });

  test('was really looked at: every file, and the imports between them', () => {
    const files = filesBelow('lib').length;
    expect(files).toBeGreaterThan(0);
    expect(report.modules).toBeGreaterThanOrEqual(files);
    expect(report.dependencies).toBeGreaterThanOrEqual(files);
  });

  test('has no folder that is not a room', () => {
    const known = new Set(Object.keys(rooms).map(room => room.replace('/*', '')));
    const folders = fs.readdirSync(path.join(ROOT, 'lib'), { withFileTypes: true }).filter(entry => entry.isDirectory());
    expect(folders.length).toBeGreaterThan(0);
    expect(folders.map(folder => folder.name).filter(name => !known.has(name))).toEqual([]);
  });
});

describe('the check of the rooms', () => {
  test('lets the allowed imports pass', () => {
    const report = seeded(...Object.entries(GOOD));
    expect(report.violated).toEqual([]);
    expect(report.modules).toBeGreaterThanOrEqual(Object.keys(GOOD).length);
  });

  const report = seeded(...Object.entries(GOOD), ...BREACHES, ['tools/tool.ts', 'export const TOOL = 1;']);

  test.each(BREACHES.filter(([, , ...reported]) => reported.length > 0))('finds %s: %s', (file, _text, ...reported) => {
    expect(report.violated.filter(violation => violation.includes(`: ${file} → `))).toEqual(reported);
  });

  test('has seen every one of its rules broken', () => {
    const config = jest.requireActual<{ forbidden: { name: string }[] }>('../.dependency-cruiser.js');
    const broken = new Set(report.violated.map(violation => violation.replace(/: [^ ]+ → .*$/, '')));
    const unseen = config.forbidden.map(rule => rule.name).filter(name => !broken.has(name));
    // Rooms with the same packages share one rule in all but name: core and workload stand for them.
    expect(unseen.filter(name => !/: (packages|imports)$/.test(name))).toEqual([]);
  });
});
