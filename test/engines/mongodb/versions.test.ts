import { Duration, Size } from 'cdk8s';
import { MongoDb } from '../../../lib';
import { checkRelease, majorOf } from '../../../lib/engines/mongodb/versions';
import { REQUEST } from './request';

test.each([['7', '7.0.37'], ['8', '8.0.26'], ['8.0', '8.0.26'], ['8.0.4', '8.0.4'], ['7.0.0', '7.0.0']])('%s runs mongo:%s', (version, tag) => {
  expect(MongoDb.of(version).plan(REQUEST).image).toBe(`docker.io/library/mongo:${tag}`);
});

test.each(['7', '7.0.1', '8', '8.0.99'])('%s is supported', version => {
  expect(checkRelease(version)).toEqual([]);
  expect(MongoDb.of(version).check(REQUEST)).toEqual([]);
});

test.each(['', '6', '6.0.1', '9.0', '80', '8.', '8.0.1.2', 'v8', '8-rc', ' 8', '8.00', '08', '8.0.04'])('%j is refused', version => {
  expect(checkRelease(version)).toEqual([{ path: 'engine', got: `MongoDb.of(${JSON.stringify(version)})`, want: '7, 8, or a patch release of them, such as "8.0.26"' }]);
});

test.each([['8.2.0', '8.0'], ['8.2.1', '8.0'], ['7.3.1', '7.0']])('%s, a minor release, is refused for a release of %s', (version, series) => {
  expect(checkRelease(version)).toEqual([{
    path: 'engine', got: `MongoDb.of("${version}")`, want: `a release of ${series}`, remedy: 'a minor release gets fixes for some months only, and its data can never go back',
  }]);
});

test('a version that is not supported is refused for that alone', () => {
  expect(MongoDb.of('8.2', { users: [] }).check({ ...REQUEST, settings: { 'net.port': '1' } }).map(({ path }) => path)).toEqual(['engine']);
});

test('the licence is told of, and the end of support when it has come', () => {
  expect(MongoDb.v8().warnings(REQUEST)).toEqual([{
    code: 'mongodb-licence',
    message: 'MongoDB 8: its licence, the SSPL, is not open source, and asks whoever offers it to others as a service to publish the source of that service',
  }]);
  expect(MongoDb.v7().warnings(REQUEST).map(({ code }) => code)).toEqual(['mongodb-licence']);
});

test('the major is the first number', () => {
  expect([majorOf('7'), majorOf('8.0.26')]).toEqual([7, 8]);
});

test.each([[Size.mebibytes(768), 128], [Size.gibibytes(2), 141], [Size.gibibytes(64), 776]])('with %j, a clean stop may take %d seconds', (memory, seconds) => {
  expect(MongoDb.v8().shutdownTimeout(memory).toSeconds()).toBe(seconds);
});

test.each([[Size.gibibytes(1), 1], [Size.gibibytes(1023), 1], [Size.tebibytes(1), 2], [Size.tebibytes(2.5), 3]])('with %j, a start may be silent for %d hours', (size, hours) => {
  expect(MongoDb.v8().startupTimeout(size)).toEqual(Duration.hours(hours));
});
