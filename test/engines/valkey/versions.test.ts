import { Duration, Size } from 'cdk8s';
import { Valkey } from '../../../lib';
import { imageOf } from '../../../lib/core/releases';
import { VALKEY } from '../../../lib/engines/valkey/versions';
import { REQUEST } from './request';

test('each supported major has a factory, and each factory a major', () => {
  expect([Valkey.v8(), Valkey.v9()].map(({ version }) => version)).toEqual(Object.keys(VALKEY.series));
});

test.each(Object.entries(VALKEY.series))('version %s runs one certain release of it', (major, { patch }) => {
  expect(patch).toMatch(new RegExp(`^${major}\\.\\d+\\.\\d+$`));
  expect(imageOf(VALKEY, major)).toBe(`docker.io/valkey/valkey:${patch}`);
  expect(Valkey.of(major).plan(REQUEST).image).toBe(imageOf(VALKEY, major));
});

test('a certain release is the one that runs, and the scripts compare the major alone', () => {
  const { environment, image } = Valkey.of('8.1.1').plan(REQUEST);
  expect([image, environment.DB_VERSION]).toEqual(['docker.io/valkey/valkey:8.1.1', '8']);
});

test.each(['7.2', '10', '', '8.', 'v8', '8-alpine', 'latest', 'constructor'])('%j is refused, and nothing else is said', version => {
  expect(Valkey.of(version, { users: [] }).check(REQUEST)).toEqual([{ path: 'engine', got: `Valkey.of("${version}")`, want: '8, 9, or a patch release of them, such as "9.1.3"' }]);
});

test('no supported version is warned of', () => {
  expect([Valkey.v8(), Valkey.v9()].flatMap(engine => engine.warnings(REQUEST))).toEqual([]);
});

test.each([[Size.gibibytes(4), 1], [Size.gibibytes(1), 0], [Size.gibibytes(2), 0]])('a volume that is less than three times the data is warned of', (memory, count) => {
  const request = { ...REQUEST, memory, dataSize: Size.gibibytes(5) };
  expect(Valkey.v8().warnings(request).map(({ code }) => code)).toEqual(Array<string>(count).fill('valkey-small-volume'));
});

test.each([[Size.mebibytes(128), 61], [Size.gibibytes(1), 61], [Size.gibibytes(64), 124]])('with %j, a clean stop may take %d seconds', (memory, seconds) => {
  expect(Valkey.v8().shutdownTimeout(memory).toSeconds()).toBe(seconds);
});

test.each([[Size.gibibytes(1), 10], [Size.gibibytes(1023), 10], [Size.tebibytes(1), 70], [Size.tebibytes(2.5), 130]])('with %j, a start may be silent for %d minutes', (size, minutes) => {
  expect(Valkey.v8().startupTimeout(size)).toEqual(Duration.minutes(minutes));
});
