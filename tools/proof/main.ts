import { existsSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { join, relative, resolve } from 'path';
import { page } from './page';
import { Proof } from './proof';

const ROOT = resolve(__dirname, '..', '..');
const SUITES = join(ROOT, 'test', 'cluster');

/** The name under which a suite's proof is kept: test/cluster/a/b.test.ts is a-b. */
export function suiteName(file: string): string {
  return relative(SUITES, file).replace(/\.test\.ts$/, '').replace(/[/\\]/g, '-');
}

export function readProofs(folder: string): Proof[] {
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')).sort() : [];
  return files.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Proof);
}

export function allSuites(): string[] {
  const files = readdirSync(SUITES, { recursive: true, encoding: 'utf8' });
  return files.filter(name => name.endsWith('.test.ts')).map(name => suiteName(join(SUITES, name))).sort();
}

/** The page as it should stand in PROOF.md. */
export function currentPage(): string {
  return page(readProofs(join(ROOT, 'proof')), allSuites());
}

if (require.main === module) { writeFileSync(join(ROOT, 'PROOF.md'), currentPage()); }
