import { Duration, Size } from 'cdk8s';
import type { MemberRequest } from '../../lib';
import { checkConnections, checkMemory, MemoryRules } from '../../lib/core/memory-check';
import { mebibytes } from '../../lib/core/quantity';

const REQUEST: MemberRequest = {
  name: 'orders', memory: Size.gibibytes(1), cores: 1, dataSize: Size.gibibytes(10), tls: false, tlsRequired: false, settings: {},
  startupTimeout: Duration.hours(1), dataMustExist: false,
};
const RULES: MemoryRules = { least: Size.mebibytes(256), most: Size.gibibytes(64), sum: () => 0, remedy: 'give it more memory' };

const check = (memory: Size, rules: Partial<MemoryRules> = {}): unknown => checkMemory({ ...REQUEST, memory }, { ...RULES, ...rules });
const sum = (each: (memory: number) => number): Partial<MemoryRules> => ({ sum: ({ memory }) => each(mebibytes(memory)) });

test('the bounds themselves are enough, and a byte beyond them is not', () => {
  expect([check(Size.mebibytes(256)), check(Size.gibibytes(64))]).toEqual([[], []]);
  expect(check(Size.kibibytes(256 * 1024 - 1))).toEqual([{ path: 'resources.memory', got: '262143Ki', want: 'at least 256Mi' }]);
  expect(check(Size.kibibytes(64 * 1024 * 1024 + 1))).toEqual([{ path: 'resources.memory', got: '67108865Ki', want: 'at most 64Gi' }]);
});

test('an amount that is none is refused', () => {
  expect(check(Size.mebibytes(0))).toEqual([{ path: 'resources.memory', got: '0Mi', want: 'at least 256Mi' }]);
});

test('a sum that is all of the memory fits, and one more does not', () => {
  expect(check(Size.gibibytes(1), sum(() => 1024))).toEqual([]);
  expect(check(Size.gibibytes(1), sum(() => 1025))).toEqual([{
    path: 'resources.memory', got: '1Gi', want: 'at least 1025Mi, the sum of what the settings may use', remedy: 'give it more memory' }]);
});

test('of memory that is no whole number of mebibytes, the rest counts for nothing', () => {
  expect(check(Size.kibibytes(1024 * 1024 + 512), sum(() => 1024.5))).toMatchObject([{ want: 'at least 1025Mi, the sum of what the settings may use' }]);
});

test('the memory that is named is enough, though a part of the sum grows with it', () => {
  const growing = sum(memory => memory * 0.6 + 800);
  const [problem] = checkMemory(REQUEST, { ...RULES, ...growing });
  const named = Number(/^at least (\d+)Mi/.exec(problem?.want ?? '')?.[1]);
  expect(named).toBe(2000);
  expect(check(Size.mebibytes(named), growing)).toEqual([]);
  expect(check(Size.mebibytes(named - 1), growing)).not.toEqual([]);
});

test('a sum that grows as fast as the memory is refused all the same, and the search for what is enough ends', () => {
  expect(check(Size.gibibytes(1), sum(memory => memory + 1))).toMatchObject([{ path: 'resources.memory', want: 'settings that fit into memory; these may use more than 64Gi' }]);
  expect(check(Size.gibibytes(1), sum(() => 65 * 1024))).toMatchObject([{ want: 'settings that fit into memory; these may use more than 64Gi' }]);
});

test('the other wishes of the request reach the sum', () => {
  const rules = { ...RULES, sum: ({ connections }: MemberRequest) => (connections ?? 1) * 10 };
  expect(checkMemory({ ...REQUEST, connections: 103 }, rules)).toMatchObject([{ want: 'at least 1030Mi, the sum of what the settings may use' }]);
  expect(checkMemory({ ...REQUEST, connections: 102 }, rules)).toEqual([]);
});

test.each([undefined, 5, 100])('%p connections are fine between 5 and 100', connections => {
  expect(checkConnections(connections, 5, 100)).toEqual([]);
});

test.each([4, 101, 5.5, -5, 0, Number.NaN, Number.POSITIVE_INFINITY])('%p connections are not', connections => {
  expect(checkConnections(connections, 5, 100)).toEqual([{ path: 'sizing.connections', got: `${connections}`, want: 'a whole number from 5 to 100' }]);
});
