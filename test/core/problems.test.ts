import { quote, Refusal, refuse, under } from '../../lib/core/problems';
import { refusalOf } from '../rendering';

const TWO = [
  { path: 'replicas', got: '0', want: 'at least 1', remedy: 'for one server use SingleInstanceDb' },
  { path: 'storage.size', got: '512Mi', want: 'at least 1Gi' },
];

test('a refusal lists every problem, each in one line: where, what was given, what is needed, what to do', () => {
  expect(refusalOf(() => refuse('Thing "shop/orders"', TWO))).toBe([
    'Thing "shop/orders" is not valid:',
    '  - replicas: got 0, want at least 1; for one server use SingleInstanceDb',
    '  - storage.size: got 512Mi, want at least 1Gi',
  ].join('\n'));
});

test('no problem is no refusal', () => {
  expect(() => refuse('Thing', [])).not.toThrow();
});

test('the problems of a caught refusal are the ones that were found, in their order', () => {
  let caught: unknown;
  try { refuse('Thing', TWO); } catch (error) { caught = error; }
  expect(Refusal.problemsOf(caught)).toEqual(TWO);
  expect(caught).toMatchObject({ name: 'RefusalError' });
  expect(caught).toBeInstanceOf(Error);
});

test.each([[new Error('x')], ['x'], [undefined], [{ problems: TWO }]])('another error than a refusal has no problems: %p', error => {
  expect(Refusal.problemsOf(error)).toEqual([]);
});

test('problems move below the path of their parent', () => {
  expect(under('pod', [{ path: 'labels', got: 'a', want: 'b' }, { path: '', got: 'a', want: 'b' }]).map(({ path }) => path)).toEqual(['pod.labels', 'pod']);
});

test.each([
  ['plain', '"plain"'],
  ['say "x"\\', '"say \\"x\\"\\\\"'],
  ['two\nlines\tand', '"two\\nlines\\tand"'],
  ['a\u007fb\u0085c\u00a0d', '"a\\u007fb\\u0085c\\u00a0d"'],
  ['\u2028\u2029\ufeff', '"\\u2028\\u2029\\ufeff"'],
  ['\ud800', '"\\ud800"'],
  ['größe 😀', '"größe 😀"'],
])('%j is quoted in one printable line that is the same string in code', (value, quoted) => {
  expect(quote(value)).toBe(quoted);
  expect(JSON.parse(quote(value))).toBe(value);
});
