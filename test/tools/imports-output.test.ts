import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { generate, schemasFolder } from '../../tools/imports/generate';

const ROOT = path.join(__dirname, '..', '..');
const SCHEMAS = schemasFolder(process.env);

/** The generated files that are in the repository: their paths, and their texts. */
function committed(): Map<string, string> {
  const names = ['imports/crds', 'imports/kubernetes'].flatMap(folder =>
    fs.readdirSync(path.join(ROOT, folder)).map(name => `${folder}/${name}`));
  return new Map(names.map(name => [name, fs.readFileSync(path.join(ROOT, name), 'utf8')]));
}

/** The paths whose texts are not the same in both, or that only one of them has. */
function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter(name => a.get(name) !== b.get(name)).sort();
}

/** The statements of a module that are more than types. */
function atRunTime(text: string): string[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2022);
  const isType = (statement: ts.Statement): boolean => ts.isInterfaceDeclaration(statement)
    || ts.isTypeAliasDeclaration(statement)
    || (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly === true);
  return file.statements.filter(statement => !isType(statement)).map(statement => statement.getText(file));
}

// What the compiler reads is the same in every test but for one text: it is read once.
const PARSED = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says about this text, as a file of this folder. */
function complaints(text: string): string[] {
  const name = path.join(__dirname, 'in-memory.ts');
  const options = { strict: true, noEmit: true, types: [], target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, target) => {
    if (file === name) {
      return ts.createSourceFile(file, text, target);
    }
    PARSED.set(file, PARSED.get(file) ?? getSourceFile(file, target));
    return PARSED.get(file);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))
    .map(found => ts.flattenDiagnosticMessageText(found.messageText, '\n'));
}

/** A database as the library writes it, in a text that the tests below damage in one place. */
const CORRECT = `
import type { StatefulSet } from '../../imports/kubernetes/apps-v1';
import type { Cluster } from '../../imports/crds/postgresql.cnpg.io-v1';

export const workload: StatefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'orders' },
  spec: {
    serviceName: 'orders',
    selector: { matchLabels: { app: 'orders' } },
    template: { spec: { containers: [{ name: 'server', ports: [{ containerPort: 5432 }] }] } },
    volumeClaimTemplates: [{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }],
  },
};

export const custom: Cluster = {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Cluster',
  metadata: { name: 'orders' },
  spec: { instances: 3, storage: { size: '1Gi' }, enablePDB: true },
};
`;

/** The correct text with one place changed; a place that is not there would leave it correct. */
function damaged(place: string, change: string): string {
  expect(CORRECT).toContain(place);
  return CORRECT.replace(place, change);
}

describe('the compiler', () => {
  test('accepts a correct manifest', () => {
    expect(complaints(CORRECT)).toEqual([]);
  });

  test('refuses a misspelled field of a StatefulSet', () => {
    expect(complaints(damaged('serviceName:', 'serviceNam:'))).toEqual([
      "Object literal may only specify known properties, but 'serviceNam' does not exist in type 'StatefulSetSpec'."
      + " Did you mean to write 'serviceName'?",
    ]);
  });

  test('refuses a claim template that does not say its kind', () => {
    expect(complaints(damaged("kind: 'PersistentVolumeClaim',", ''))).toEqual([
      expect.stringMatching(/^Property 'kind' is missing in type .* but required in type 'PersistentVolumeClaim'\.$/),
    ]);
  });

  test('refuses the wrong apiVersion', () => {
    expect(complaints(damaged("'apps/v1'", "'apps/v1beta1'"))).toEqual([
      "Type '\"apps/v1beta1\"' is not assignable to type '\"apps/v1\"'.",
    ]);
  });

  test('refuses a misspelled field of a custom resource', () => {
    expect(complaints(damaged('instances:', 'instance:'))).toEqual([
      "Object literal may only specify known properties, but 'instance' does not exist in type 'ClusterSpec'."
      + " Did you mean to write 'instances'?",
    ]);
  });

  test('refuses to change what was read', () => {
    expect(complaints(`${CORRECT}\nworkload.spec?.volumeClaimTemplates?.push();`)).toEqual([
      "Property 'push' does not exist on type 'readonly PersistentVolumeClaim[]'.",
    ]);
  });
});

describe('the generated files', () => {
  test('hold types and nothing that exists at run time', () => {
    const files = [...committed()];
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(([name, text]) => atRunTime(text).map(found => `${name}: ${found}`))).toEqual([]);
  });

  test('would be found out if they held more', () => {
    const more = ["import { a } from './a';", 'export enum E {}', 'export const c = 1;', "export * from './a';"];
    expect(atRunTime(`interface I {}\ntype T = I;\nimport type { X } from './x';\n${more.join('\n')}`)).toEqual(more);
  });

  test('name their source in the first line, and no folder of this machine', () => {
    const wrong = [...committed()].filter(([, text]) => text.includes(ROOT)
      || !/^\/\/ Generated by `[^`]+` from (Kubernetes v1\.\d+|crds\/[\w.-]+\.yaml); do not edit\.\n/.test(text));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  test('differ when one is changed, missing or too many', () => {
    const files = new Map([['a', '1'], ['b', '2'], ['c', '3']]);
    expect(differences(files, new Map([['a', '1'], ['b', '4'], ['d', '5']]))).toEqual(['b', 'c', 'd']);
  });

  test(...comparison());
});

/** The comparison with the schemas, or where they are not at hand a test that says so. */
function comparison(): [string, () => void] {
  return fs.existsSync(SCHEMAS)
    ? ['are what the generator writes', () => expect(differences(generate(SCHEMAS), committed())).toEqual([])]
    : ['skipped: ../shared is not here', () => console.info(`skipped: no schemas in ${path.basename(SCHEMAS)}`)];
}
