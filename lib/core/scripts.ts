import * as fs from 'fs';
import * as path from 'path';
import type { StringMap } from './strings';

/**
 * The scripts of an engine, by name, word for word.
 *
 * The only place of the library that reads the disk. Sorted, so that no manifest depends on a file system's order.
 */
export function readScripts(engineFolder: string): StringMap {
  return known(path.join(engineFolder, 'scripts'));
}

/** The scripts by which an engine's data are dumped and checked, which never come into the server's own pod. */
export function backupScripts(engineFolder: string): StringMap {
  return known(path.join(engineFolder, 'scripts', 'backup'));
}

/** Those of the scripts that all engines share, such as `volume.sh`, which are asked for; none else comes into the pod. */
export function sharedScripts(...names: string[]): StringMap {
  const all = readScripts(__dirname);
  return Object.fromEntries(names.map(name => [name, all[name] as string]));
}

// They are part of the installed package and never change while it runs; a fleet would read them thousands of times.
const cache = new Map<string, StringMap>();

function known(folder: string): StringMap {
  const scripts = cache.get(folder) ?? read(folder);
  cache.set(folder, scripts);
  return scripts;
}

function read(folder: string): StringMap {
  const names = fs.readdirSync(folder).filter(name => /\.(?:sh|sql|mongodb|awk)$/.test(name)).sort();
  return Object.fromEntries(names.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}
