import { Duration, Size } from 'cdk8s';
import { Postgres } from '../../../lib';
import { imageOf } from '../../../lib/core/releases';
import { majorOf, POSTGRES } from '../../../lib/engines/postgres/versions';
import { REQUEST } from './request';

const FACTORIES = [Postgres.v14(), Postgres.v15(), Postgres.v16(), Postgres.v17(), Postgres.v18()];

test('each supported major has a factory, and each factory a major', () => {
  expect(FACTORIES.map(({ version }) => version)).toEqual(Object.keys(POSTGRES.series));
});

test('the last releases are those of the project (postgresql.org/support/versioning)', () => {
  expect(Object.entries(POSTGRES.series).map(([major, { endOfSupport }]) => [major, endOfSupport])).toEqual([
    ['14', '2026-11-12'], ['15', '2027-11-11'], ['16', '2028-11-09'], ['17', '2029-11-08'], ['18', '2030-11-14'],
  ]);
});

test.each(Object.entries(POSTGRES.series))('version %s runs one certain patch release of it', (major, { patch }) => {
  expect(patch).toMatch(new RegExp(`^${major}\\.\\d+$`));
  expect(imageOf(POSTGRES, major)).toBe(`docker.io/library/postgres:${patch}`);
  expect(Postgres.of(major).plan(REQUEST).image).toBe(imageOf(POSTGRES, major));
});

test('a certain patch release is the one that runs, unless an image is given', () => {
  expect(Postgres.of('17.5').plan(REQUEST).image).toBe('docker.io/library/postgres:17.5');
  expect(Postgres.of('17.5').plan({ ...REQUEST, image: 'example.com/postgres:17.5-mine' }).image).toBe('example.com/postgres:17.5-mine');
});

test.each(['14', '17', '17.5', '18.0', '16.100'])('%s is supported', version => {
  expect(Postgres.of(version).check(REQUEST)).toEqual([]);
});

test.each(['13', '19', '9.6', '', '17.', '17.5.1', 'v17', '17-alpine', '017', '17.5 ', 'constructor', 'latest'])('%j is refused, and nothing else is said', version => {
  expect(Postgres.of(version, { databases: [] }).check(REQUEST))
    .toEqual([{ path: 'engine', got: `Postgres.of("${version}")`, want: '14, 15, 16, 17, 18, or a patch release of them, such as "18.6"' }]);
});

test('a major without fixes is warned of, at every patch release, and no other', () => {
  const warning = { code: 'postgres-end-of-life', message: 'PostgreSQL 14 gets no fixes since 2026-11-12; move to a later version' };
  expect([Postgres.v14(), Postgres.of('14.1')].map(engine => engine.warnings(REQUEST))).toEqual([[warning], [warning]]);
  expect(['15', '16', '17', '18', '99'].flatMap(version => Postgres.of(version).warnings(REQUEST))).toEqual([]);
});

test('the major is the first number', () => {
  expect([majorOf('17'), majorOf('17.5')]).toEqual([17, 17]);
});

test.each([[Size.mebibytes(512), 303], [Size.gibibytes(2), 311], [Size.gibibytes(64), 628]])('with %j, a clean stop may take %d seconds', (memory, seconds) => {
  expect(Postgres.v17().shutdownTimeout(memory).toSeconds()).toBe(seconds);
});

test.each([[Size.gibibytes(1), 1], [Size.gibibytes(1023), 1], [Size.tebibytes(1), 4], [Size.tebibytes(2.5), 7]])('with %j, a start may be silent for %d hours', (size, hours) => {
  expect(Postgres.v17().startupTimeout(size)).toEqual(Duration.hours(hours));
});
