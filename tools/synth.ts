/**
 * Renders every example into one folder: `npm run synth`, and the `app` of cdk8s.yaml.
 *
 * One process for all, because loading TypeScript costs more than rendering. With names as arguments it renders those only.
 */
import * as fs from 'fs';
import * as path from 'path';
import { exampleNames, renderExample } from './examples';

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : exampleNames();
if (names.length === 0) {
  throw new Error('there is no example in examples/');
}

const folder = process.env.CDK8S_OUTDIR ?? path.join(__dirname, '..', 'manifests');
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
names.forEach(name => fs.writeFileSync(path.join(folder, `${name}.yaml`), renderExample(name)));
