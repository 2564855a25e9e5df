/**
 * Everything that needs no cluster, from fast to slow, with the time of each step: `npm test`.
 *
 * Stops at the first failure; `npm test -- --all` goes on and fails at the end.
 * The tests that ran are counted in .test-results/unit.json and .test-results/report.tap.
 */
import { spawnSync } from 'child_process';

const STEPS: readonly (readonly [name: string, promise: string])[] = [
  ['types', 'everything compiles'],
  ['lint', 'the rules of style hold'],
  ['rooms', 'nobody imports what is not theirs'],
  ['scripts', 'the shell scripts are clean and do what they say'],
  ['build', 'the package compiles for jsii'],
  ['unit', 'the tests pass, against the built package too'],
];

const all = process.argv.includes('--all');
const lines: string[] = [];
const failed: string[] = [];

for (const [name, promise] of STEPS) {
  process.stdout.write(`\n=== ${name}: ${promise}\n`);
  const start = process.hrtime.bigint();
  const { status } = spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit' });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  lines.push(`${status === 0 ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(6)} s  ${name}: ${promise}`);
  if (status !== 0) {
    failed.push(name);
    if (!all) { break; }
  }
}

process.stdout.write(`\n${lines.join('\n')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
