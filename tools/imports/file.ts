import { declaration, Scope } from './declarations';
import { Schema } from './schema';
import { capitalized, header, sorted } from './text';

/** A type that lives in another generated file. */
export interface Place {
  /** The module, as an import statement of the referring file names it: `./meta-v1`. */
  readonly module: string;
  readonly name: string;
}

/** What one generated file says. */
export interface FileContent {
  /** Where it comes from, for the first line. */
  readonly source: string;
  readonly types: ReadonlyMap<string, Schema>;
  /** Where a `$ref` leads: a name for a type of this file, a place for one of another. */
  readonly resolve: (ref: string) => string | Place;
}

/** The text of one generated file: first line, imports, declarations by name. */
export function fileText(content: FileContent): string {
  const taken = new Set(content.types.keys());
  const imports = new Map<string, string>();
  const texts = new Map<string, string>();
  const scope: Scope = {
    refer: ref => {
      const found = content.resolve(ref);
      return typeof found === 'string' ? found : imported(found, imports, taken);
    },
    declare: (wanted, schema) => {
      const name = untaken(wanted, taken);
      texts.set(name, declaration(name, schema, scope));
      return name;
    },
  };
  // By name, because the first of two types that want one name gets it.
  for (const name of sorted(content.types.keys())) {
    texts.set(name, declaration(name, content.types.get(name) ?? {}, scope));
  }
  const declarations = sorted(texts.keys()).map(name => `\n${texts.get(name) ?? ''}`);
  return [header(content.source), importText(imports), ...declarations].join('');
}

// An imported type keeps its name, unless the file has a type of that name: then its module comes first.
function imported(place: Place, imports: Map<string, string>, taken: Set<string>): string {
  const key = `${place.module} ${place.name}`;
  const known = imports.get(key);
  if (known !== undefined) {
    return known;
  }
  const wanted = taken.has(place.name) ? capitalized(place.module) + place.name : place.name;
  const name = untaken(wanted, taken);
  imports.set(key, name);
  return name;
}

// Two paths can spell one name (`backup.from` and `backupFrom`); the second gets a number.
function untaken(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) {
    name = `${wanted}${number}`;
  }
  taken.add(name);
  return name;
}

function importText(imports: ReadonlyMap<string, string>): string {
  const modules = new Map<string, string[]>();
  for (const key of sorted(imports.keys())) {
    const [module = '', name = ''] = key.split(' ');
    const local = imports.get(key) ?? name;
    modules.set(module, [...(modules.get(module) ?? []), local === name ? name : `${name} as ${local}`]);
  }
  const statements = [...modules].map(([module, names]) => importStatement(module, names));
  return statements.length === 0 ? '' : `\n${statements.join('')}`;
}

function importStatement(module: string, names: readonly string[]): string {
  const line = `import type { ${names.join(', ')} } from '${module}';\n`;
  const broken = names.map(name => `  ${name},\n`).join('');
  return line.length <= 111 ? line : `import type {\n${broken}} from '${module}';\n`;
}
