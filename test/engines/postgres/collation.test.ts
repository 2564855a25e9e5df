import { Collation, Postgres } from '../../../lib';
import { checkCollation } from '../../../lib/engines/postgres/collation';
import { REQUEST } from './request';

const CHOICES = { codePoint: Collation.codePoint(), icu: Collation.icu('de-DE'), libc: Collation.libc('en_US.utf8') };

test.each([
  ['codePoint', 14, 'libc', 'C.UTF-8'], ['codePoint', 16, 'libc', 'C.UTF-8'], ['codePoint', 17, 'builtin', 'C.UTF-8'], ['codePoint', 18, 'builtin', 'C.UTF-8'],
  ['icu', 15, 'icu', 'de-DE'], ['icu', 18, 'icu', 'de-DE'], ['libc', 14, 'libc', 'en_US.utf8'], ['libc', 18, 'libc', 'en_US.utf8'],
] as const)('%s on PostgreSQL %d is %s with %s', (choice, major, provider, locale) => {
  const engine = Postgres.of(`${major}`, { collation: CHOICES[choice] });
  expect(engine.check(REQUEST)).toEqual([]);
  expect(engine.plan(REQUEST).environment).toMatchObject({ LOCALE_PROVIDER: provider, LOCALE: locale });
});

test('without a word, text is sorted by code point', () => {
  expect(Postgres.v17().plan(REQUEST).environment).toEqual(Postgres.v17({ collation: Collation.codePoint() }).plan(REQUEST).environment);
});

test('a major that has no ICU is not asked for it', () => {
  expect(checkCollation(CHOICES.icu, 14)).toEqual([
    { path: 'engine.collation', got: 'icu on PostgreSQL 14', want: 'PostgreSQL 15 or later for ICU', remedy: 'use Collation.codePoint()' }]);
});

test('a locale that looks like a number is refused', () => {
  expect(checkCollation(Collation.libc('0o17'), 17))
    .toEqual([{ path: 'engine.collation', got: '"0o17"', want: 'text that every YAML reader takes for text, not for a number' }]);
});

test.each(['', 'de DE', 'de\nDE', '$(id)', 'a'.repeat(65), 'de/DE'])('%j is no locale', locale => {
  expect(checkCollation(Collation.libc(locale), 17))
    .toEqual([{ path: 'engine.collation', got: JSON.stringify(locale), want: 'the name of a locale, such as "de-DE" or "en_US.utf8"' }]);
});
