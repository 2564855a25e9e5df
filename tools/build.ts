/**
 * Builds what is published into dist/: the compiled library by jsii, and beside it what no compiler copies.
 *
 * A folder of its own, because a .js beside its .ts would be run instead of it.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const DIST = path.join(ROOT, 'dist');

/** Scripts and queries that the library reads at synth, and the page of each engine. */
const COPIED = /^(?:.*\/scripts\/(?:backup\/)?[^/]+\.(?:sh|sql|mongodb|awk)|(?:.*\/)?README\.md)$/;

function compile(): void {
  const jsii = path.join(ROOT, 'node_modules', 'jsii', 'bin', 'jsii');
  const { status } = spawnSync(process.execPath, [jsii, '--silence-warnings=reserved-word'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) { process.exit(status ?? 1); }
}

function copyFiles(): string[] {
  const files = (fs.readdirSync(path.join(ROOT, 'lib'), { recursive: true }) as string[])
    .map(file => file.split(path.sep).join('/'))
    .filter(file => COPIED.test(file)).sort();
  files.forEach(file => fs.cpSync(path.join(ROOT, 'lib', file), path.join(DIST, 'lib', file)));
  return files;
}

fs.rmSync(DIST, { recursive: true, force: true });
compile();
const copied = copyFiles();
process.stdout.write(`dist: compiled, and ${copied.length} files copied\n`);
