import * as fs from 'fs';
import * as path from 'path';
import { parseArgs } from 'util';
import { NewEngine, problemsOf } from './names';
import { filesOf } from './template';
import { withExport, writeAll } from './write';

export const USAGE = 'usage: npm run new-engine -- NAME [--class CLASS] [--series 8,8.1] [--shell bash|sh]';

const INDEX = 'lib/engines/index.ts';

/** Makes the skeleton of an engine below the root, wholly or not at all, and returns what to tell its author. */
export function newEngine(root: string, argv: readonly string[]): string {
  const engine = read(argv);
  const problems = problemsOf(root, engine);
  if (problems.length > 0) { throw new Error(`nothing was written:\n${problems.map(problem => `  - ${problem}`).join('\n')}`); }
  const files = filesOf(engine);
  writeAll(root, files, { path: INDEX, text: withExport(fs.readFileSync(path.join(root, INDEX), 'utf8'), engine.name) });
  return [...files.map(file => `  + ${file.path}`), `  ~ ${INDEX}`, '', ...nextSteps(engine), ''].join('\n');
}

function read(argv: readonly string[]): NewEngine {
  const options = { class: { type: 'string' }, series: { type: 'string' }, shell: { type: 'string' } } as const;
  const { positionals: [name, ...rest], values } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (name === undefined || rest.length > 0) { throw new Error(USAGE); }
  return {
    name,
    className: values.class ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    series: (values.series ?? '1').split(',').map(each => each.trim()),
    shell: values.shell ?? 'bash',
  };
}

function nextSteps({ name }: NewEngine): string[] {
  return [
    `It compiles, and the contract is red until no TODO is left: npx jest test/engines -t ${name}`,
    'CONTRIBUTING.md, "A new engine", is the way from here.',
  ];
}
