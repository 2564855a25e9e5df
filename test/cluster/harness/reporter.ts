import { execFileSync } from 'child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import type { AssertionResult, Test, TestResult } from '@jest/test-result';
import { suiteName } from '../../../tools/proof/main';
import { PromiseResult, Proof } from '../../../tools/proof/proof';
import { FOLDER, readFigures } from './figures';
import { report } from './report';

const ROOT = resolve(__dirname, '..', '..', '..');
const RESULTS = join(ROOT, 'test', 'cluster', '.results');

/** Writes a file for each suite as soon as it has ended, and the table of all figures when the run has. */
export class Reporter {
  private readonly proofs: Proof[] = [];
  private readonly together: number;
  private readonly folder = process.env.PROOF_FOLDER ? resolve(ROOT, process.env.PROOF_FOLDER) : RESULTS;

  public constructor(configuration: { readonly maxWorkers: number }) {
    this.together = configuration.maxWorkers;
  }

  public onRunStart(): void {
    mkdirSync(this.folder, { recursive: true });
  }

  public onTestFileResult(test: Test, result: TestResult): void {
    const suite = suiteName(test.path);
    const { server, image, faults } = readFigures(suite);
    const proof: Proof = {
      suite,
      date: new Date().toISOString(),
      commit: commit(),
      versions: { kubernetes: kubernetes(), server, image },
      together: this.together,
      promises: promises(result),
      faults,
    };
    this.proofs.push(proof);
    writeFileSync(join(this.folder, `${suite}.json`), JSON.stringify(proof, undefined, 2) + '\n');
  }

  public onRunComplete(): void {
    const table = report(this.proofs);
    if (table !== '') { process.stdout.write(`\n${table}\n`); }
    rmSync(FOLDER, { recursive: true, force: true });
  }
}

// A suite that fails before its first test has no result of a test, but it has failed.
function promises(result: TestResult): PromiseResult[] {
  const tests = result.testResults.map(toPromise);
  return tests.length > 0 ? tests : [{ title: 'the suite runs', result: 'failed' }];
}

function toPromise({ title, status }: AssertionResult): PromiseResult {
  return { title, result: status === 'passed' || status === 'failed' ? status : 'not run' };
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const changed = git('status', '--porcelain', '--', '.', ':!proof', ':!PROOF.md') !== '';
    return git('rev-parse', 'HEAD') + (changed ? '-dirty' : '');
  } catch {
    return 'unknown';
  }
}

/** The version that the setup of the run found. */
function kubernetes(): string {
  const file = join(RESULTS, 'kubernetes-version');
  return existsSync(file) ? readFileSync(file, 'utf8') : 'unknown';
}
