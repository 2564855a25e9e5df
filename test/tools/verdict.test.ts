import { judge, parseAcknowledgements, rateBefore } from '../cluster/harness/verdict';

const LOG = '10.000000 1\n10.100000 2\n12.600000 3\n12.700000 4\n';

test('a write that was acknowledged and is not in the table is lost', () => {
  expect(judge(parseAcknowledgements(LOG), ['1', '3', '4'], 10)).toMatchObject({ acknowledged: 4, lost: 1, duplicates: 0 });
});

test('a write that is in the table without an acknowledgement is no loss', () => {
  expect(judge(parseAcknowledgements(LOG), ['1', '2', '3', '4', '5'], 10)).toMatchObject({ acknowledged: 4, lost: 0, duplicates: 0 });
});

test('a row that is there twice is a duplicate', () => {
  expect(judge(parseAcknowledgements(LOG), ['1', '2', '2', '3', '4'], 10)).toMatchObject({ lost: 0, duplicates: 1 });
});

test('the gap is the longest time without an acknowledgement, whatever the order of the connections\' logs', () => {
  const shuffled = '12.600000 3\n12.700000 4\n10.000000 1\n10.100000 2\n';
  expect(judge(parseAcknowledgements(shuffled), [], 10.05).gap).toBeCloseTo(2.5);
});

test('a gap that had ended before the fault does not count', () => {
  expect(judge(parseAcknowledgements(LOG), [], 12.6).gap).toBeCloseTo(0.1);
});

test('a line that was cut short is no acknowledgement', () => {
  expect(parseAcknowledgements('10.000000 1\n10.100000 23')).toEqual([{ at: 10, id: '1' }]);
  expect(parseAcknowledgements('')).toEqual([]);
});

test('the rate is that of the last second', () => {
  expect(rateBefore(parseAcknowledgements(LOG), 12.7)).toBe(2);
  expect(rateBefore(parseAcknowledgements(LOG), 11)).toBe(1);
});
