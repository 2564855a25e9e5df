import * as fs from 'fs';
import * as path from 'path';
import { App } from 'cdk8s';

/** The folder of the examples: every .ts file in it is a program of a user. */
export const EXAMPLES = path.join(__dirname, '..', 'examples');

/** The names of all examples, sorted: `smallest` is examples/smallest.ts. */
export function exampleNames(): string[] {
  return fs.readdirSync(EXAMPLES)
    .filter(file => file.endsWith('.ts'))
    .map(file => path.basename(file, '.ts'))
    .sort();
}

/**
 * Runs one example in this process and returns what it renders, writing nothing to the disk.
 *
 * An example ends with `app.synth()`, like every user's program, and two of them may well have
 * charts of the same name; so `synth` is caught here and each example becomes one text.
 *
 * @param load runs the file; a test passes its own module loader here.
 */
export function renderExample(name: string, load: (file: string) => void = require): string {
  const texts: string[] = [];
  const synth = App.prototype.synth;
  App.prototype.synth = function (this: App): void { texts.push(this.synthYaml()); };
  try {
    load(path.join(EXAMPLES, `${name}.ts`));
  } finally {
    App.prototype.synth = synth;
  }
  if (texts.length === 0) {
    throw new Error(`examples/${name}.ts does not call app.synth()`);
  }
  return texts.join('---\n');
}
