import * as fs from 'fs';
import * as path from 'path';
import type { StringMap } from './strings';

/**
 * The scripts of an engine, by name, word for word.
 *
 * The only place of the library that reads the disk. Sorted, so that no manifest depends on a file system's order.
 */
export function readScripts(engineFolder: string): StringMap {
  const folder = path.join(engineFolder, 'scripts');
  const names = fs.readdirSync(folder).filter(name => /\.(?:sh|sql)$/.test(name)).sort();
  return Object.fromEntries(names.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}
