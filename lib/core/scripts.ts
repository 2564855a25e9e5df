import * as fs from 'fs';
import * as path from 'path';
import type { StringMap } from './strings';

/**
 * The scripts of an engine, by name, word for word.
 *
 * The only place of the library that reads the disk. Sorted, so that no manifest depends on a file system's order.
 */
export function readScripts(engineFolder: string): StringMap {
  const known = cache.get(engineFolder) ?? read(engineFolder);
  cache.set(engineFolder, known);
  return known;
}

/** Those of the scripts that all engines share, such as `volume.sh`, which are asked for; none else comes into the pod. */
export function sharedScripts(...names: string[]): StringMap {
  const all = readScripts(__dirname);
  return Object.fromEntries(names.map(name => [name, all[name] as string]));
}

// They are part of the installed package and never change while it runs; a fleet would read them thousands of times.
const cache = new Map<string, StringMap>();

function read(engineFolder: string): StringMap {
  const folder = path.join(engineFolder, 'scripts');
  const names = fs.readdirSync(folder).filter(name => /\.(?:sh|sql|mongodb)$/.test(name)).sort();
  return Object.fromEntries(names.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}
