import { Duration, Size } from 'cdk8s';
import { Cassandra, CassandraOptions, MemberPlan, MemberRequest } from '../../../lib';
import { REQUEST } from './request';

const plan = (request: Partial<MemberRequest> = {}, options: CassandraOptions = {}): MemberPlan => Cassandra.v5(options).plan({ ...REQUEST, ...request });

test('clients come to one port; the nodes\' own ports are not even named', () => {
  expect(plan().ports).toEqual([{ name: 'cql', port: 9042, forClients: true }]);
});

test('no tool that is started in the pod finds the heap of the server', () => {
  const { environment } = plan();
  expect(Object.keys(environment).filter(name => ['MAX_HEAP_SIZE', 'HEAP_NEWSIZE', 'JVM_OPTS', 'JVM_EXTRA_OPTS', 'JAVA_TOOL_OPTIONS', 'CASSANDRA_CONF'].includes(name))).toEqual([]);
  expect(environment).toMatchObject({ SERVER_HEAP: '2048M', SERVER_NEW_GENERATION: '512M' });
  expect(environment.SERVER_OPTIONS).toContain('-XX:MaxDirectMemorySize=416m ');
});

test('the log lies on its own volume, where there is one', () => {
  expect([plan(), plan({ walSize: Size.gibibytes(8) })].map(({ environment }) => environment.WAL_DIR)).toEqual(['', '/var/lib/cassandra-commitlog/node']);
});

test('the identity is that of the database, or what the options say', () => {
  expect(plan().environment).toMatchObject({ CLUSTER_NAME: 'orders', DATA_CENTER: 'dc1', RACK: 'rack1', KEYSPACE: 'app' });
  const named = plan({}, { clusterName: 'Shop 1', datacenter: 'east', rack: 'a', keyspace: 'shop' });
  expect(named.environment).toMatchObject({ CLUSTER_NAME: 'Shop 1', DATA_CENTER: 'east', RACK: 'a', KEYSPACE: 'shop' });
  expect(named.files['cassandra-rackdc.properties']).toBe('dc=east\nrack=a\n');
  expect(named.files['cassandra.yaml']).toContain('cluster_name: "Shop 1"\n');
  expect(named.client).toEqual({ scheme: 'cassandra', database: 'shop', username: 'app', passwordKey: 'password' });
});

test('both roles have a key of the Secret, and the sidecar alone sees them beside the server', () => {
  expect(plan().passwordKeys).toEqual({ app: 'password', admin: 'admin-password' });
  expect(plan().companions).toMatchObject([{ name: 'reconcile', seesSecrets: true, seesVolumes: false, sharedScratch: ['run'] }]);
  expect(plan().scratch.find(({ name }) => name === 'run')).toMatchObject({ inMemory: true });
});

test.each([[false, false, 'off'], [true, false, 'optional'], [true, true, 'required']])('with tls %s, required %s, the scripts know: %s', (tls, tlsRequired, mode) => {
  const { companions, environment } = plan({ tls, tlsRequired });
  expect([environment.TLS, companions[0]?.environment.TLS]).toEqual([mode, mode]);
});

test.each(['4.1', '4.1.7', '5', '5.0.6'])('%s is supported', version => {
  expect(Cassandra.of(version).check(REQUEST)).toEqual([]);
});

test.each(['4', '4.0', '6', '5.0.6.1', 'latest'])('%j is refused, and nothing else is said', version => {
  expect(Cassandra.of(version, { keyspace: '' }).check(REQUEST).map(({ path }) => path)).toEqual(['engine']);
});

test.each(['system', 'system_auth', 'dse_system', 'Shop', '1shop', '', 'a"b', 'a'.repeat(49)])('the keyspace %j is refused', keyspace => {
  expect(Cassandra.v5({ keyspace }).check(REQUEST).map(({ path }) => path)).toEqual(['engine.keyspace']);
});

test('who chooses to lose writes is told', () => {
  const codes = (mode: string): string[] => Cassandra.v5().warnings({ ...REQUEST, settings: { commitlog_sync: mode } }).map(({ code }) => code);
  expect([codes('batch'), codes('group'), codes('periodic'), Cassandra.v5().warnings(REQUEST)]).toEqual([[], [], ['cassandra-commitlog-sync'], []]);
});

test('times grow with what has to be written or read', () => {
  expect([Size.gibibytes(1), Size.gibibytes(64)].map(size => Cassandra.v5().shutdownTimeout(size).toSeconds())).toEqual([127, 530]);
  expect([Size.gibibytes(1), Size.tebibytes(2)].map(size => Cassandra.v5().startupTimeout(size))).toEqual([Duration.hours(2), Duration.hours(4)]);
});
