import { checkOwnSettings, sameWord, SettingRules } from '../../lib/core/own-settings';

const RULES: SettingRules = {
  name: /^[a-z_]+$/,
  nameInWords: 'a name in lower case',
  reserved: { port: 'it is 1' },
  unsafe: { sync: { values: ['off', '0'], effect: 'a crash loses data' } },
  isUnsafe: sameWord,
  further: (name, value) => (name === 'size' && !/^\d+$/.test(value) ? [{ path: name, got: `"${value}"`, want: 'a number' }] : []),
};

const check = (settings: { [name: string]: string }): unknown => checkOwnSettings(settings, RULES);

test('a setting that nobody minds is the user\'s to set, also one that every object of JavaScript has', () => {
  expect(check({})).toEqual([]);
  expect(check({ size: '1', sync: 'on', other: '', constructor: 'x', valueOf: 'x' })).toEqual([{ path: 'settings."valueOf"', got: 'this name', want: 'a name in lower case' }]);
});

test.each(['', 'Port', 'a b', 'a\n', 'ä', '__proto__'])('%j is no name, and nothing else is asked of it', name => {
  expect(check(Object.fromEntries([[name, 'x\n']]))).toEqual([{ path: `settings.${JSON.stringify(name)}`, got: 'this name', want: 'a name in lower case' }]);
});

test('a setting of the library\'s own is refused with what to do instead, whatever its value', () => {
  expect(check({ port: '1' })).toEqual([{ path: 'settings.port', got: '"1"', want: 'nothing: the library owns it', remedy: 'it is 1' }]);
});

test.each(['off', 'OFF', 'Off', ' off', 'off\t', '0', '00', '0.0', '-0', '0x0', ' 0 '])('%j loses data, as "off" or "0" do', value => {
  expect(check({ sync: value })).toEqual([{ path: 'settings.sync', got: JSON.stringify(value), want: 'anything but off, 0', remedy: 'a crash loses data' }]);
});

test.each(['on', '1', '', 'of', 'offf', '0.1', 'none'])('%j does not', value => {
  expect(check({ sync: value })).toEqual([]);
});

test('words that are no numbers are never the same number', () => {
  expect([sameWord('nan', 'off'), sameWord('x', 'y'), sameWord('', '0'), sameWord(' ', '0'), sameWord('1', 'true')]).toEqual([false, false, false, false, false]);
  expect([sameWord('TRUE', 'true'), sameWord('1.0', '1')]).toEqual([true, true]);
});

test('what an engine alone refuses comes before what no file can hold', () => {
  expect(check({ size: '1\n2' })).toEqual([{ path: 'settings.size', got: '"1\n2"', want: 'a number' }]);
  expect(check({ other: '1\n2' })).toEqual([{ path: 'settings.other', got: '"1\\n2"', want: 'one line of text' }]);
  expect(check({ other: '1\r2' })).toEqual([{ path: 'settings.other', got: '"1\\r2"', want: 'one line of text' }]);
  expect(check({ other: '\u0000' })).toEqual([
    { path: 'settings.other', got: '"\\u0000"', want: 'text without control characters, line separators or broken Unicode' }]);
});

test('everything that is wrong is found at once, in the order of the names', () => {
  expect(checkOwnSettings({ size: 'x', port: '1', Bad: '', sync: 'off', other: 'fine' }, RULES).map(({ path }) => path))
    .toEqual(['settings."Bad"', 'settings.port', 'settings.size', 'settings.sync']);
});
