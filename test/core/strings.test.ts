import { checkAnnotations, checkLabels, checkLine, checkObjectName, checkSecretKey, checkText, sortedEntries } from '../../lib/core/strings';

const CHARACTERS = 'text without control characters, line separators or broken Unicode';
const LINES = 'text in lines that begins with no tab and is not all space';
const NUMBER = 'text that every YAML reader takes for text, not for a number';

test.each([
  '', 'text', ' ', '\t', 'two\nlines\n', 'a\n\tb', ' \ttext', '---', '---\n', '...', '$(VAR)', 'größe 😀', '"', '\'', '#', ': ', 'yes', '~', '<<', '=', '1:30', '.inf',
  '1_000', '0x1F', '1e3', '0777', '08', '0o8', '0b2', '0xg', '2001-12-14', '_1', '0x', '1.2.3', '-', '\u00a0', 'x'.repeat(100_000),
])('%j comes out of every reader as it went in', value => {
  expect(checkText('path', value)).toEqual([]);
});

test.each([
  '\0', '\u0007', '\u001b[0m', '\r\n', '\u007f', '\u0085', '\u009f', '\u2028', '\u2029', '\ufeff', '\ufffe', '\uffff', '\ud800', '\udc00', 'a\udfff\ud800b',
])('%j would be changed or make the file unreadable', value => {
  expect(checkText('path', value)).toEqual([{ path: 'path', got: expect.stringMatching(/^"[ -~]*"$/), want: CHARACTERS }]);
});

test.each(['\n', ' \n', '\n ', '\t\n', '\n\n', '\ttext\n', '\t\ntext', '\n\ttext', '\n\n\t'])('%j cannot be written as a block of lines', value => {
  expect(checkText('path', value)).toEqual([{ path: 'path', got: JSON.stringify(value), want: LINES }]);
});

test.each(['0o755', '0O7', '0o0_7', '0X1F', '0_x1', '+_1', '-_1', '1e5_', '2E_1', '+0XA', '0X_8'])('kubectl would read the number that %s is', value => {
  expect(checkText('path', value)).toEqual([{ path: 'path', got: JSON.stringify(value), want: NUMBER }]);
});

test('one line is neither empty nor two', () => {
  expect(checkLine('path', 'a b')).toEqual([]);
  expect(checkLine('path', '')).toEqual([{ path: 'path', got: '""', want: 'text that is not empty' }]);
  for (const value of ['a\nb', 'a\tb', 'a\r']) {
    expect(checkLine('path', value)).toEqual([{ path: 'path', got: JSON.stringify(value), want: 'one line of text' }]);
  }
  expect(checkLine('path', '\u2028')).toEqual([{ path: 'path', got: '"\\u2028"', want: CHARACTERS }]);
});

test('the name of an object is a DNS subdomain of at most 253 characters', () => {
  const want = 'a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253';
  expect(['a', 'a-b', 'a.b-c', '0a', 'a'.repeat(253)].flatMap(name => checkObjectName('path', name))).toEqual([]);
  for (const name of ['', 'A', 'a_b', '-a', 'a-', '.a', 'a.', 'a..b', 'a.-b', 'a b', 'a\n', 'a'.repeat(254)]) {
    expect(checkObjectName('path', name)).toEqual([{ path: 'path', got: JSON.stringify(name), want }]);
  }
  expect(checkObjectName('path', '0o17')).toEqual([{ path: 'path', got: '"0o17"', want: NUMBER }]);
});

test('a key of a Secret is a file name', () => {
  const want = 'a key of a Secret: letters, digits, "-", "_" and "."';
  expect(['a', 'password', 'tls.crt', '.hidden', 'A_b-c.d', 'a..b'].flatMap(key => checkSecretKey('path', key))).toEqual([]);
  for (const key of ['', '.', '..', '..data', 'a/b', 'a b', 'ä', 'a'.repeat(254)]) {
    expect(checkSecretKey('path', key)).toEqual([{ path: 'path', got: JSON.stringify(key), want }]);
  }
  expect(checkSecretKey('path', '0o17')).toEqual([{ path: 'path', got: '"0o17"', want: NUMBER }]);
});

test.each(['a', 'A.b_c-d', 'example.com/a', 'a-b.c/D', 'a'.repeat(63), `${'a'.repeat(253)}/a`])('%s is a key of a label', key => {
  expect(checkLabels({ [key]: '' }, 'labels')).toEqual([]);
});

test.each(['', '-a', 'a-', 'a b', 'a'.repeat(64), '/a', 'a/', 'A/a', 'a..b/a', 'a.-b/a', 'a/b/c', `${'a'.repeat(254)}/a`, 'ä', '0o7', '__proto__'])(
  '%j is no key of a label', key => {
    const problem = { path: `labels.${JSON.stringify(key)}`, got: 'this key', want: 'a Kubernetes label key: [prefix/]name' };
    expect(checkLabels(Object.fromEntries([[key, '']]), 'labels')).toEqual([problem]);
  });

test('the key that cdk8s cannot render is refused', () => {
  expect(checkAnnotations({ constructor: 'x' } as unknown as { [key: string]: string }, 'annotations'))
    .toEqual([{ path: 'annotations.constructor', got: 'this key', want: 'another one: cdk8s cannot render it' }]);
});

test('a value of a label has at most 63 harmless characters', () => {
  const want = 'a label value: at most 63 letters, digits, "-", "_" and "."';
  expect(['', 'a', '1_0', 'A.b_c-d', 'yes', 'a'.repeat(63)].flatMap(value => checkLabels({ key: value }, 'labels'))).toEqual([]);
  for (const value of [' ', '-a', 'a-', '.a', 'a b', 'a/b', 'a\n', 'a'.repeat(64), 'ä']) {
    expect(checkLabels({ key: value }, 'labels')).toEqual([{ path: 'labels.key', got: JSON.stringify(value), want }]);
  }
  expect(checkLabels({ key: '0o7' }, 'labels')).toEqual([{ path: 'labels.key', got: '"0o7"', want: NUMBER }]);
});

test('annotations have any text, and 256 KiB in all', () => {
  expect(checkAnnotations({ a: '{"json": [1]}\n', b: 'x'.repeat(256 * 1024 - 16) }, 'annotations')).toEqual([]);
  expect(checkAnnotations({ a: 'ä'.repeat(128 * 1024) }, 'annotations'))
    .toEqual([{ path: 'annotations', got: '262145 bytes', want: 'at most 262144 bytes of annotations' }]);
  expect(checkAnnotations({ 'a b': '\0' }, 'annotations').map(({ path }) => path)).toEqual(['annotations."a b"', 'annotations.a b']);
});

test('entries are sorted by code unit, on every machine alike', () => {
  expect(sortedEntries({ b: '1', a: '2', B: '3', ä: '4', '10': '5', '9': '6' }).map(([key]) => key)).toEqual(['10', '9', 'B', 'a', 'b', 'ä']);
});
