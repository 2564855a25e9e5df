import * as fs from 'fs';
import * as path from 'path';
import type { NewFile } from './template';

/** The text of lib/engines/index.ts with this engine in it, each line once, sorted. */
export function withExport(text: string, name: string): string {
  const lines = [...text.split('\n').filter(line => line !== ''), `export * from './${name}';`];
  return `${[...new Set(lines)].sort().join('\n')}\n`;
}

/** Writes all of these files, none of which may exist, and the new text of one that does; or, if one of them fails, nothing. */
export function writeAll(root: string, files: readonly NewFile[], changed: { readonly path: string; readonly text: string }): void {
  const undo: (() => void)[] = [];
  try {
    for (const file of files) {
      const target = path.join(root, file.path);
      makeFolder(path.dirname(target), undo);
      fs.writeFileSync(target, file.text, { flag: 'wx', mode: file.executable ? 0o755 : 0o644 });
      undo.push(() => { fs.rmSync(target); });
    }
    replaceFile(path.join(root, changed.path), changed.text);
  } catch (error) {
    undo.reverse().forEach(step => { step(); });
    throw error;
  }
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (fs.existsSync(folder)) { return; }
  makeFolder(path.dirname(folder), undo);
  fs.mkdirSync(folder);
  undo.push(() => { fs.rmdirSync(folder); });
}

// By a rename, so that whoever reads it meanwhile sees the old text or the new one.
function replaceFile(file: string, text: string): void {
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}
