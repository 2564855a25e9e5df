import * as fs from 'fs';
import * as path from 'path';
import type { NewEngine } from './names';

/** A file to be written. */
export interface NewFile {
  /** Its path below the root. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

const FOLDER = path.join(__dirname, 'template');
const ENDING = '.template';

/** The files of a new engine: the template, with every `{{mark}}` filled in. */
export function filesOf(engine: NewEngine): NewFile[] {
  const marks = marksOf(engine);
  const templates = (fs.readdirSync(FOLDER, { recursive: true }) as string[]).map(file => file.split(path.sep).join('/')).filter(file => file.endsWith(ENDING)).sort();
  return templates.map(file => {
    const text = fs.readFileSync(path.join(FOLDER, file), 'utf8').replace(/\{\{(\w+)\}\}/g, (_mark, name: string) => {
      const value = marks[name];
      if (value === undefined) { throw new Error(`${file}: {{${name}}} is no mark of the template`); }
      return value;
    });
    return { path: file.slice(0, -ENDING.length).replace(/NAME/g, engine.name), text, executable: /\.sh\.template$|\/stubs\//.test(file) };
  });
}

function marksOf({ className, name, series, shell }: NewEngine): { readonly [name: string]: string } {
  const newest = series[series.length - 1] as string;
  return {
    name,
    Class: className,
    CONST: name.toUpperCase(),
    factories: series.map(each => [
      `  /** TODO: version ${each}, and what is special about it, if anything is. */`,
      `  public static ${factoryOf(each)}(): ${className} { return new ${className}('${each}'); }`,
    ].join('\n')).join('\n'),
    releases: series.map(each => `    '${each}': { patch: '${each}.TODO' }, // TODO: its newest patch release, and the end of its support`).join('\n'),
    rows: [...series].reverse().map(each => `| ${each} | TODO | TODO: the end of its support |`).join('\n'),
    listed: series.join(', '),
    newest,
    factory: factoryOf(newest),
    list: series.map(each => `'${each}'`).join(', '),
    ...SHELLS[shell],
  };
}

// An image without bash has scripts of the plain shell; the rules of both are in test/scripts/house.
const SHELLS: { readonly [shell: string]: { readonly [mark: string]: string } } = {
  bash: {
    shebang: '#!/usr/bin/env bash\nset -Eeuo pipefail',
    here: 'HERE=$(dirname -- "${BASH_SOURCE[0]:-$0}")',
    source: 'source',
    guard: 'if [[ "${BASH_SOURCE[0]:-$0}" == "$0" ]]; then main "$@"; fi',
  },
  sh: {
    shebang: '#!/bin/sh\nset -eu',
    here: 'HERE=$(dirname -- "$0")',
    source: '.',
    guard: 'main "$@"',
  },
};

function factoryOf(series: string): string {
  return `v${series.replace(/\./g, '')}`;
}
