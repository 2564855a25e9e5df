import * as fs from 'fs';
import * as path from 'path';
import { crdFiles } from './crds';
import { Definitions, kubernetesFiles, newestVersion } from './kubernetes';
import { sorted } from './text';

const ROOT = path.join(__dirname, '..', '..');

/** The folders that belong to the generator alone. */
const GENERATED = ['imports/kubernetes', 'imports/crds'] as const;

/** The folder with the schemas: `CDK8S_STATEFUL_SCHEMAS`, or `shared` beside the repository. */
export function schemasFolder(environment: NodeJS.ProcessEnv): string {
  return environment.CDK8S_STATEFUL_SCHEMAS ?? path.join(ROOT, '..', 'shared');
}

/** The schemas in, every generated file out: its path in the repository, and its text. */
export function generate(folder: string): Map<string, string> {
  if (!fs.existsSync(folder)) {
    throw new Error(`no schemas: ${folder} does not exist; set CDK8S_STATEFUL_SCHEMAS to their folder`);
  }
  return new Map([
    ...below('imports/kubernetes', kubernetes(path.join(folder, 'kubernetes-schemas'))),
    ...below('imports/crds', crds(path.join(folder, 'crds'))),
  ]);
}

function kubernetes(folder: string): Map<string, string> {
  const fileName = newestVersion(listed(folder));
  const document = JSON.parse(fs.readFileSync(path.join(folder, fileName), 'utf8')) as { definitions: Definitions };
  return kubernetesFiles(path.basename(fileName, '.json'), document.definitions);
}

function crds(folder: string): Map<string, string> {
  const names = listed(folder).filter(name => name.endsWith('.yaml'));
  if (names.length === 0) {
    throw new Error(`no custom resource definitions (*.yaml) in ${folder}`);
  }
  return crdFiles(names.map(fileName => ({ fileName, text: fs.readFileSync(path.join(folder, fileName), 'utf8') })));
}

function below(folder: string, files: ReadonlyMap<string, string>): [string, string][] {
  return [...files].map(([name, text]) => [`${folder}/${name}`, text]);
}

function listed(folder: string): string[] {
  return sorted(fs.readdirSync(folder));
}

function main(): void {
  // Everything is generated before the first file goes away: a bad schema leaves the old files in place.
  const files = generate(schemasFolder(process.env));
  for (const folder of GENERATED) {
    fs.rmSync(path.join(ROOT, folder), { recursive: true, force: true });
    fs.mkdirSync(path.join(ROOT, folder), { recursive: true });
  }
  for (const [name, text] of files) {
    fs.writeFileSync(path.join(ROOT, name), text);
  }
  process.stdout.write(`imports/: ${files.size} files\n`);
}

if (require.main === module) {
  main();
}
