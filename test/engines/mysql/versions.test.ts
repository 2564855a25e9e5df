import { Size } from 'cdk8s';
import { MySql } from '../../../lib';
import { MYSQL } from '../../../lib/engines/mysql/versions';
import { REQUEST } from './request';

test('each series with long-term support has a factory, and runs one certain patch release', () => {
  expect([MySql.v84(), MySql.v97()].map(({ version }) => version)).toEqual(Object.keys(MYSQL.series));
  expect(MySql.v84().plan(REQUEST).image).toBe('docker.io/library/mysql:8.4.11');
  expect(MySql.of('8.4.9').plan(REQUEST).image).toBe('docker.io/library/mysql:8.4.9');
});

test.each(['8.0', '9.6', '26.7', '8', '8.4.1.2', 'lts', ''])('%j is refused, and nothing else is said', version => {
  expect(MySql.of(version, { databases: [] }).check(REQUEST)).toEqual([{ path: 'engine', got: `MySql.of("${version}")`, want: '8.4, 9.7, or a patch release of them, such as "9.7.2"' }]);
});

test.each([[Size.gibibytes(2), 145], [Size.gibibytes(64), 907]])('with %j, a clean stop may take %d seconds', (memory, seconds) => {
  expect(MySql.v84().shutdownTimeout(memory).toSeconds()).toBe(seconds);
});
