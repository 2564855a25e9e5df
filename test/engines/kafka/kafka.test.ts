import { Duration, Size } from 'cdk8s';
import { Kafka } from '../../../lib';
import { KAFKA } from '../../../lib/engines/kafka/versions';
import { REQUEST } from './request';
import { OPTIONS } from './sample';

const engine = Kafka.v4(OPTIONS);

test('each supported major has a factory, and each factory a major', () => {
  expect([engine.version]).toEqual(Object.keys(KAFKA.series));
});

test.each(['4', '4.1.1', '4.3.0'])('%s is supported', version => {
  expect(Kafka.of(version, OPTIONS).check(REQUEST)).toEqual([]);
});

test.each(['3.9.1', '5', '', '4.1.1.1', 'latest', '4.1-rc1'])('%j is refused, and nothing else is said', version => {
  expect(Kafka.of(version, { clusterId: '' }).check(REQUEST))
    .toEqual([{ path: 'engine', got: `Kafka.of("${version}")`, want: '4, or a patch release of them, such as "4.3.1"' }]);
});

test('one node is warned of, whatever the request', () => {
  expect(engine.warnings(REQUEST).map(({ code }) => code)).toEqual(['kafka-single-node']);
});

test('every id that Kafka itself makes is taken: 16 bytes in base64url', () => {
  for (let byte = 0; byte < 256; byte++) {
    const clusterId = Buffer.from(Array.from({ length: 16 }, (_, index) => (byte + index * 7) % 256)).toString('base64url');
    expect(Kafka.v4({ clusterId }).check(REQUEST)).toHaveLength(clusterId.startsWith('-') ? 1 : 0);
  }
});

test.each([[Size.gibibytes(1), 311], [Size.gibibytes(2), 321], [Size.gibibytes(64), 956]])('with %j, a clean stop may take %d seconds', (memory, seconds) => {
  expect(engine.shutdownTimeout(memory).toSeconds()).toBe(seconds);
});

test.each([[Size.gibibytes(1), 1], [Size.gibibytes(1023), 1], [Size.tebibytes(1), 4]])('with %j, a start may be silent for %d hours', (size, hours) => {
  expect(engine.startupTimeout(size)).toEqual(Duration.hours(hours));
});

test('without TLS there is one port, with it two, and only the one with TLS where it is required', () => {
  const ports = (tls: boolean, tlsRequired: boolean): number[] => engine.plan({ ...REQUEST, tls, tlsRequired }).ports.map(({ port }) => port);
  expect([ports(false, false), ports(true, false), ports(true, true)]).toEqual([[9092], [9092, 9093], [9093]]);
  const probed = engine.plan({ ...REQUEST, tls: true, tlsRequired: true }).environment;
  expect(probed).toMatchObject({ CLIENT_PORTS: '9093', TLS_DIR: '/opt/stateful/tls' });
});

test('nothing that tools in the container read has the heap of the server', () => {
  const { companions, environment } = engine.plan(REQUEST);
  expect(Object.keys(environment).filter(name => /^KAFKA_/.test(name))).toEqual(['KAFKA_HOME']);
  expect(environment.SERVER_MEMORY).toContain('-Xms1024m -Xmx1024m');
  expect(companions.map(companion => companion.environment.KAFKA_HEAP_OPTS)).toEqual([expect.stringContaining('-Xmx64m')]);
});
