import { page } from '../../tools/proof/page';
import { Fault, Proof, Round } from '../../tools/proof/proof';
import { median, percentile, summarize } from '../../tools/proof/statistics';

const KILL: Fault = {
  name: 'kill -9 under load',
  measure: 'time to ready',
  aim: 'median ≤ 15 s',
  wanted: 3,
  rounds: [round(2.5, 1000), round(9.25, 2000), round(4, 3000)],
};

const PROOF: Proof = {
  suite: 'single-instance-kill',
  date: '2026-11-21T11:00:00.000Z',
  commit: 'abc',
  versions: { kubernetes: 'v1.34.4', server: 'PostgreSQL 17.12', image: 'postgres:17' },
  promises: [{ title: 'no acknowledged write is lost', result: 'passed' }],
  faults: [KILL],
};

function round(seconds: number, acknowledged: number, lost = 0): Round {
  return { at: '2026-11-21T11:00:00.000Z', seconds, acknowledged, lost, duplicates: 0 };
}

test('a fault is summed up as median, p95 and maximum of its rounds, and the losses of its last count', () => {
  expect(summarize(KILL)).toEqual({
    rounds: 3, failures: 0, median: 4, p95: 9.25, max: 9.25, acknowledged: 3000, lost: 0, duplicates: 0,
  });
});

test('the median of an even number of rounds lies between the two in the middle, and of none there is no median', () => {
  expect(median([1, 2, 4, 8])).toBe(3);
  expect(median([])).toBeUndefined();
});

test('p95 is a value that was measured, the 19th of 20', () => {
  const values = Array.from({ length: 20 }, (_, i) => i + 1);
  expect(percentile(values, 95)).toBe(19);
  expect(percentile([], 95)).toBeUndefined();
});

test('a round that failed is counted as a round and as a failure, and has no time', () => {
  const failed: Fault = { ...KILL, rounds: [round(2, 10), { at: 'then', failure: 'not ready' }] };
  expect(summarize(failed)).toMatchObject({ rounds: 2, failures: 1, median: 2, max: 2 });
});

test('the page shows a fault with its engine, rounds, times and losses', () => {
  expect(page([PROOF], ['single-instance-kill'])).toContain(
    '| PostgreSQL 17.12 | kill -9 under load | time to ready | 3 | 4.0 | 9.3 | 9.3 | 3000 | 0 | median ≤ 15 s |');
});

test('the page says of a proven promise that it is proven', () => {
  const text = page([PROOF], ['single-instance-kill']);
  expect(text).toContain('| single-instance-kill | no acknowledged write is lost | proven |');
  expect(text).not.toContain('not proven**');
});

test('a suite without a file is not proven', () => {
  expect(page([PROOF], ['single-instance-kill', 'single-instance-stop']))
    .toContain('| single-instance-stop | all of its promises | **not proven** |');
});

test('a promise that failed, or was not run, is not proven', () => {
  const proof: Proof = { ...PROOF, promises: [{ title: 'a', result: 'failed' }, { title: 'b', result: 'not run' }] };
  const text = page([proof], []);
  expect(text).toContain('| single-instance-kill | a | **not proven** (failed) |');
  expect(text).toContain('| single-instance-kill | b | **not proven** (not run) |');
});

test('a fault with fewer rounds than a proof needs is not proven, and failed rounds are counted', () => {
  const few: Proof = { ...PROOF, faults: [{ ...KILL, wanted: 10, rounds: [round(2, 10), { at: 'then', failure: 'not ready' }] }] };
  expect(page([few], [])).toContain('| time to ready | 2, not proven: 10 wanted, 1 failed | 2.0 |');
});

test('the page does not depend on the order in which the proofs are read', () => {
  const other = { ...PROOF, suite: 'a-first' };
  expect(page([PROOF, other], [])).toBe(page([other, PROOF], []));
});

test('without a proof the page says that there is none', () => {
  expect(page([], ['single-instance-kill'])).toContain('## Faults\n\nNone.\n');
});

test('an engine is one row: its checks, its first boot, what killing it did, and how it stops', () => {
  const boot: Fault = { ...KILL, name: 'first boot', wanted: 1, rounds: [round(12, 0)] };
  const kill: Fault = { ...KILL, rounds: [{ ...round(5, 100), rate: 90 }, { ...round(7, 200, 1), rate: 110 }] };
  const stop: Fault = { ...KILL, name: 'stop under load', rounds: [round(1, 300), round(3, 400)] };
  const engine: Proof = { ...PROOF, suite: 'engines-mariadb', faults: [boot, kill, stop], promises: [...PROOF.promises, { title: 'b', result: 'failed' }] };
  const text = page([PROOF, engine], []).split('## Faults')[0];
  expect(text).toContain('| PostgreSQL 17.12 | 1 of 2 | 12.0 | 2, not proven: 3 wanted | 6.0 | 7.0 | 200 | 1 | 100 | 2.0 | 3.0 |');
  expect(text?.match(/^\| PostgreSQL/gm)).toHaveLength(1);
});
