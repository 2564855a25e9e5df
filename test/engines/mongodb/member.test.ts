import { Size } from 'cdk8s';
import { MemberPlan, MemberRequest, MongoDb, MongoDbOptions } from '../../../lib';
import { REQUEST } from './request';

const plan = (request: Partial<MemberRequest> = {}, options: MongoDbOptions = {}): MemberPlan => MongoDb.v8(options).plan({ ...REQUEST, ...request });

test('the scripts are told these things, and nothing else', () => {
  const shared = {
    CONFIG_DIR: '/opt/stateful/config', DB_PORT: '27017', HOME: '/tmp', PROBE_TIMEOUT: '5', READY_MARK: '/run/mongodb/reconciled', RUN_DIR: '/run/mongodb', TLS_DIR: '', TLS_REQUIRED: 'false',
  };
  const { companions, environment } = plan();
  expect(environment).toEqual({ ...shared, DATA_DIR: '/data/db/data', DATA_MUST_EXIST: 'false', DB_MAJOR: '8', GLIBC_TUNABLES: 'glibc.pthread.rseq=0', VOLUME_DIR: '/data/db' });
  expect(MongoDb.v7().plan(REQUEST).environment).toEqual({ ...shared, DATA_DIR: '/data/db/data', DATA_MUST_EXIST: 'false', DB_MAJOR: '7', VOLUME_DIR: '/data/db' });
  expect(companions).toEqual([{
    name: 'reconcile', command: ['/opt/stateful/scripts/reconcile.sh'],
    environment: { ...shared, CREDENTIALS_DIR: '/opt/stateful/credentials', RECONCILE_INTERVAL: '5', SET_NAME: 'rs0' },
    memory: Size.mebibytes(256), cpuMillis: 10, sharedScratch: ['run', 'tmp'], seesVolumes: false, seesSecrets: true,
  }]);
});

test('a certificate, its demand, data that must exist and another folder reach the scripts', () => {
  const { companions, environment, files } = plan({ tls: true, tlsRequired: true, dataMustExist: true }, { dataFolder: 'old/db' });
  expect(environment).toMatchObject({ TLS_DIR: '/opt/stateful/tls', TLS_REQUIRED: 'true', DATA_MUST_EXIST: 'true', DATA_DIR: '/data/db/old/db' });
  expect(companions[0]?.environment).toMatchObject({ TLS_DIR: '/opt/stateful/tls', TLS_REQUIRED: 'true' });
  expect(files['mongod.conf']).toContain('\n  dbPath: "/data/db/old/db"\n');
});

test('what is written outside the volume is small, and what is secret lies in memory', () => {
  expect(plan().scratch).toEqual([
    { name: 'configdb', path: '/data/configdb', size: Size.mebibytes(16), inMemory: false },
    { name: 'run', path: '/run/mongodb', size: Size.mebibytes(16), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ]);
});

test('the script for mongosh, the lock of the volume and the question of the probes are in the pod', () => {
  expect(Object.keys(plan().scripts).sort()).toEqual([
    'alive.sh', 'hello.sh', 'initialize.sh', 'ready.sh', 'reconcile.mongodb', 'reconcile.sh', 'run-files.sh', 'start.sh', 'started.sh', 'volume.sh']);
});

test('users, passwords and the oplog change without a restart, and a volume that grows changes nothing else', () => {
  const { files, liveFiles } = plan();
  expect(liveFiles).toEqual(['declared.json', 'oplog-size']);
  expect(files['oplog-size']).toBe('2560\n');
  const grown = plan({ dataSize: Size.gibibytes(100) });
  expect(grown).toEqual({ ...plan(), files: { ...files, 'oplog-size': '5120\n' } });
});

test('SIGTERM is all that a stop needs, and clients come by one port', () => {
  expect(plan().stopCommand).toEqual([]);
  expect(plan().ports).toEqual([{ name: 'mongodb', port: 27_017, forClients: true }]);
});

test('8 wants huge pages, 7 wants none, and nothing of it keeps the server from starting', () => {
  const needs = (engine: MongoDb, request: Partial<MemberRequest> = {}): string[] => engine.plan({ ...REQUEST, ...request }).nodeRequirements.map(({ comparison, name, required, value }) => `${name} ${comparison} ${value}${required ? '!' : ''}`);
  const rest = ['vm.max_map_count at-least 65530', 'vm.swappiness at-most 1', 'open files at-least 64000', 'file system is xfs'];
  expect(needs(MongoDb.v8())).toEqual(['transparent_hugepage is always', ...rest]);
  expect(needs(MongoDb.of('8.0.1'))).toEqual(['transparent_hugepage is always', ...rest]);
  expect(needs(MongoDb.v7())).toEqual(['transparent_hugepage is never', ...rest]);
  // Two for every connection, and for the ten of its own.
  expect(needs(MongoDb.v8(), { connections: 40_000 })[1]).toBe('vm.max_map_count at-least 80020');
});

test('a folder of the data is a relative path that never leaves the volume', () => {
  const check = (dataFolder: string): unknown => MongoDb.v8({ dataFolder }).check(REQUEST);
  expect(['data', 'a/b', 'a_b/c-d.e', 'a'.repeat(200)].flatMap(check)).toEqual([]);
  for (const folder of ['', '.', '..', '/', '/a', 'a/', 'a//b', 'a/../b', '.a', 'a b', 'a\n', 'a'.repeat(201)]) {
    expect(check(folder)).toEqual([{ path: 'engine.dataFolder', got: JSON.stringify(folder), want: 'a relative path of letters, digits, "_", "-" and "."' }]);
  }
});
