import * as fs from 'fs';
import * as path from 'path';
import { placesOf } from './places';

/** A new engine, as it was asked for. */
export interface NewEngine {
  /** Its name: the folder, the label, the beginning of its warnings. */
  readonly name: string;
  /** Its class. */
  readonly className: string;
  /** The series of its server, oldest first: `8`, `8.1`. */
  readonly series: readonly string[];
  /** The shell of its image. */
  readonly shell: string;
}

// Folders and files that are in these places already, or would be read as something else; and what a program cannot be called.
const RESERVED_NAMES = [
  'common', 'contract', 'core', 'database', 'engine', 'engines', 'helpers', 'house', 'index', 'lib', 'name', 'suite', 'template', 'test', 'utils',
  'arguments', 'as', 'async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'eval',
  'export', 'extends', 'false', 'finally', 'for', 'from', 'function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'of',
  'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void', 'while',
  'with', 'yield',
];

/** Everything that is wrong with what was asked for; nothing is written unless this is empty. */
export function problemsOf(root: string, engine: NewEngine): string[] {
  const { className, name, series, shell } = engine;
  if (!/^[a-z][a-z0-9]{1,30}$/.test(name)) {
    return [`the name ${JSON.stringify(name)} is no identifier in lower case: a letter, then letters and digits, 2 to 31 in all, such as "valkey"`];
  }
  return [
    ...(RESERVED_NAMES.includes(name) ? [`the name "${name}" is taken by the language or by the repository; use the name of the server`] : []),
    ...placesOf(name).filter(place => fs.existsSync(path.join(root, place))).map(place => `${place} is there already; nothing is overwritten`),
    ...(/^[A-Z][A-Za-z0-9]{1,40}$/.test(className) ? [] : [`the class ${JSON.stringify(className)} is no name of a class, such as "MariaDb"`]),
    ...declarations(root).filter(([declared]) => [className, `${className}Options`].includes(declared))
      .map(([declared, file]) => `the class "${className}": ${declared} is declared in ${file}; choose another with --class`),
    ...(series.length > 0 && new Set(series).size === series.length ? [] : ['the series are to be one or more, each once']),
    ...series.filter(each => !/^\d{1,4}(?:\.\d{1,5})?$/.test(each)).map(each => `the series ${JSON.stringify(each)} is none, such as "8" or "8.1"`),
    ...series.filter(each => series.some(other => each.startsWith(`${other}.`))).map(each => `the series ${JSON.stringify(each)} is part of another one`),
    ...(['bash', 'sh'].includes(shell) ? [] : [`the shell ${JSON.stringify(shell)} is neither "bash" nor "sh"`]),
  ];
}

/** Every name that some file of lib exports, with the file: two of one name cannot both be exported by the library. */
function declarations(root: string): [name: string, file: string][] {
  const lib = path.join(root, 'lib');
  const files = (fs.readdirSync(lib, { recursive: true }) as string[]).filter(file => file.endsWith('.ts')).sort();
  return files.flatMap(file => {
    const text = fs.readFileSync(path.join(lib, file), 'utf8');
    return [...text.matchAll(/^export (?:abstract )?(?:class|interface|enum|type|const|function) (\w+)/gm)].map(([, name]): [string, string] => [name as string, `lib/${file}`]);
  });
}
