import { Duration, Size } from 'cdk8s';
import { ZooKeeper } from '../../../lib';
import { ZOOKEEPER } from '../../../lib/engines/zookeeper/versions';
import { REQUEST } from './request';

const engine = ZooKeeper.v39();

test('each supported series has a factory, and each factory a series', () => {
  expect([ZooKeeper.v38(), ZooKeeper.v39()].map(({ version }) => version)).toEqual(Object.keys(ZOOKEEPER.series));
});

test.each(['3.8', '3.9', '3.8.0', '3.9.5'])('%s is supported', version => {
  expect(ZooKeeper.of(version).check(REQUEST)).toEqual([]);
  expect(ZooKeeper.of(version).warnings(REQUEST)).toEqual([]);
});

test.each(['3', '3.7', '3.10', '3.90', '', '3.9.5.1', 'latest', '3.9-jre'])('%j is refused, and nothing else is said', version => {
  expect(ZooKeeper.of(version, { maxBuffer: Size.kibibytes(1) }).check(REQUEST))
    .toEqual([{ path: 'engine', got: `ZooKeeper.of("${version}")`, want: '3.8, 3.9, or a patch release of them, such as "3.9.6"' }]);
});

test('a certain release has the data of its series', () => {
  expect(ZooKeeper.of('3.9.5').plan(REQUEST).environment.DB_VERSION).toBe('3.9');
});

test.each([[Size.gibibytes(1), 1], [Size.gibibytes(35), 1], [Size.gibibytes(36), 2], [Size.gibibytes(360), 11]])('with %j, a start may be silent for %d hours', (size, hours) => {
  expect(engine.startupTimeout(size)).toEqual(Duration.hours(hours));
});

test('without TLS there is one port, with it two, and only the one with TLS where it is required; figures are for no client', () => {
  const ports = (tls: boolean, tlsRequired: boolean): number[] => engine.plan({ ...REQUEST, tls, tlsRequired }).ports.filter(({ forClients }) => forClients).map(({ port }) => port);
  expect([ports(false, false), ports(true, false), ports(true, true)]).toEqual([[2181], [2181, 2281], [2281]]);
  expect(engine.plan(REQUEST).ports.filter(({ forClients }) => !forClients)).toEqual([{ name: 'metrics', port: 7000, forClients: false }]);
  expect(ZooKeeper.v39({ metrics: false }).plan(REQUEST).ports).toEqual([{ name: 'zookeeper', port: 2181, forClients: true }]);
});

test('figures are where the server has them', () => {
  expect([engine.exporter.port, ZooKeeper.v39({ metrics: false }).exporter.noneBecause]).toEqual([7000, 'the engine was given `metrics: false`']);
});

test('there is a companion where there is a certificate to renew', () => {
  expect(engine.plan(REQUEST).companions).toEqual([]);
  expect(engine.plan({ ...REQUEST, tls: true }).companions.map(({ name }) => name)).toEqual(['renew']);
});

test('only the server has its heap and its login', () => {
  const { environment } = ZooKeeper.v39({ maxBuffer: Size.mebibytes(4) }).plan(REQUEST);
  expect(environment.SERVER_JVMFLAGS).toBe('-Xms512m -Xmx512m -XX:MaxDirectMemorySize=64m -XX:MaxMetaspaceSize=96m -XX:ReservedCodeCacheSize=48m '
    + '-XX:+ExitOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError -Djute.maxbuffer=4194304 -Djava.security.auth.login.config=/run/zookeeper/login.conf');
  expect(Object.keys(environment).filter(name => /^(?:JVMFLAGS|CLIENT_JVMFLAGS|JAVA_TOOL_OPTIONS)$/.test(name))).toEqual([]);
});
