import { execFileSync } from 'child_process';
import * as path from 'path';
import * as fc from 'fast-check';
import { Retention } from '../../lib';

const AWK = path.join(__dirname, '..', '..', 'lib', 'backup', 'scripts', 'retention.awk');

function id(number: number, time: number): string {
  return `${`${number}`.padStart(8, '0')}-${new Date(time).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

/** What the script that really runs would remove. */
function removedByScript(retention: Retention, ids: string[]): string[] {
  const { daily, keepAtLeast, monthly, prunes, weekly, yearly } = retention;
  const variables = { daily, weekly, monthly, yearly, least: prunes ? keepAtLeast : 0 };
  const options = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  return execFileSync('awk', ['-f', AWK, ...options], { input: ids.map(each => `${each}\n`).join(''), encoding: 'utf8' }).split('\n').filter(line => line !== '');
}

const day = (date: string, number: number): string => id(number, Date.parse(`${date}T03:00:00Z`));

test.each([
  ['the latest alone', Retention.last(2), ['2026-01-01', '2026-01-02', '2026-01-03'], ['2026-01-01']],
  ['nothing, for ever', Retention.forever(), ['2020-01-01', '2026-01-02'], []],
  ['the last of each day', Retention.tiers({ daily: 2, keepAtLeast: 1 }), ['2026-01-01', '2026-01-01', '2026-01-03', '2026-01-03'], ['2026-01-01', '2026-01-03']],
  ['weeks begin on Monday', Retention.tiers({ weekly: 2, keepAtLeast: 1 }), ['2026-01-31', '2026-02-01', '2026-02-02'], ['2026-01-31']],
  ['a leap day is a day', Retention.tiers({ monthly: 1, keepAtLeast: 1 }), ['2028-02-28', '2028-02-29'], ['2028-02-28']],
  ['periods without a backup do not count', Retention.tiers({ yearly: 2, keepAtLeast: 1 }), ['2019-12-31', '2020-01-01', '2026-01-01'], ['2019-12-31']],
])('%s', (_what, retention, dates, removed) => {
  const ids = dates.map((date, index) => day(date, index + 1));
  expect(retention.removes(ids).map(each => each.slice(9, 17)).sort()).toEqual(removed.map(each => each.replace(/-/g, '')));
});

test('the order is that of the numbers, whatever the clock said', () => {
  expect(Retention.last(1).removes([id(2, 0), id(1, Date.now())])).toEqual([id(1, Date.now())]);
});

test('what runs decides as this does, and the latest always stay', () => {
  const tier = fc.integer({ min: 0, max: 5 });
  const times = fc.array(fc.integer({ min: Date.UTC(2019, 11, 1), max: Date.UTC(2028, 2, 3) }), { maxLength: 40 });
  fc.assert(fc.property(tier, tier, tier, tier, fc.integer({ min: 1, max: 4 }), times, fc.boolean(), (daily, weekly, monthly, yearly, keepAtLeast, moments, sorted) => {
    const retention = Retention.tiers({ daily, weekly, monthly, yearly, keepAtLeast });
    const ids = (sorted ? [...moments].sort((a, b) => a - b) : moments).map((time, index) => id(index + 1, time));
    const removed = retention.removes(ids);
    expect(removedByScript(retention, ids)).toEqual(removed);
    expect(removed.filter(each => ids.slice(-keepAtLeast).includes(each))).toEqual([]);
    expect(ids.length - removed.length).toBeGreaterThanOrEqual(Math.min(keepAtLeast, ids.length));
  }), { numRuns: 60 });
});
