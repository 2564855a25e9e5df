import { checkVersion, imageOf, Releases, releaseWarnings, seriesOf } from '../../lib/core/releases';

const RELEASES: Releases = {
  product: 'AcmeDB', engine: 'acme', factory: 'Acme', repository: 'example.com/acme',
  series: { 9: { patch: '9.4', endOfSupport: '2026-11-21' }, 10: { patch: '10.2', endOfSupport: '2026-11-22', licence: 'it asks something of you' }, 8.1: { patch: '8.1.3' }, 12: { patch: '12.3.4' } },
};

test.each([['9', '9'], ['9.1', '9'], ['10.2', '10'], ['8.1', '8.1'], ['8.1.3', '8.1']])('%s is of the series %s', (version, series) => {
  expect(seriesOf(RELEASES, version)).toBe(series);
  expect(checkVersion(RELEASES, version)).toEqual([]);
});

test.each(['', '8', '12.3', '12.3.4.5', '8.10', '9.1.2', '90', '9.', 'v9', '9-alpine', 'constructor', '09', '9.04', '9.-1', ' 9', '9\n', '0', '99999'])('%j is of none, and the refusal names them in the order of their numbers', version => {
  expect(seriesOf(RELEASES, version)).toBeUndefined();
  expect(checkVersion(RELEASES, version)).toEqual([{ path: 'engine', got: `Acme.of(${JSON.stringify(version)})`, want: '8.1, 9, 10, 12, or a patch release of them, such as "12.3.4"' }]);
});

test('a series runs its newest release, and a release itself, in the variant that was named, once', () => {
  expect(['9', '9.1', '8.1'].map(version => imageOf(RELEASES, version))).toEqual(['example.com/acme:9.4', 'example.com/acme:9.1', 'example.com/acme:8.1.3']);
  const variant = { ...RELEASES, variant: 'alpine' };
  expect(['9', '9.1', '9.1-alpine'].map(version => imageOf(variant, version))).toEqual(['example.com/acme:9.4-alpine', 'example.com/acme:9.1-alpine', 'example.com/acme:9.1-alpine']);
});

test('the end of support is warned of from its day on, and so are licences and servers that nobody keeps', () => {
  const codes = (version: string, releases: Releases = RELEASES): string[] => releaseWarnings(releases, version).map(({ code }) => code);
  expect([codes('9.1'), codes('10'), codes('8.1'), codes('7')]).toEqual([['acme-end-of-life'], ['acme-licence'], [], []]);
  expect(codes('8.1', { ...RELEASES, unmaintained: 'its last release was in 2019' })).toEqual(['acme-unmaintained']);
});

test('a warning says which series it is about, since when and what to do', () => {
  const releases = { ...RELEASES, series: { 9: { patch: '9.4', endOfSupport: '2025-01-31', licence: 'it asks something of you' } }, unmaintained: 'its last release was in 2019' };
  expect(releaseWarnings(releases, '9.1')).toEqual([
    { code: 'acme-end-of-life', message: 'AcmeDB 9 gets no fixes since 2025-01-31; move to a later version' },
    { code: 'acme-licence', message: 'AcmeDB 9: it asks something of you' },
    { code: 'acme-unmaintained', message: 'AcmeDB is not maintained: its last release was in 2019' },
  ]);
});
