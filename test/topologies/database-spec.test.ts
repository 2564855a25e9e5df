import { Duration, Size } from 'cdk8s';
import { Cpu, DatabaseProps, DataSource, ImagePullPolicy, Postgres, Tls } from '../../lib';
import { checkDatabase } from '../../lib/topologies/check-database';
import { DatabaseSpec, resolveDatabase } from '../../lib/topologies/database-spec';

const resolve = (props: Partial<DatabaseProps> = {}): DatabaseSpec => resolveDatabase('orders', Postgres.v17(), { storage: { size: Size.gibibytes(50) }, ...props });
const problems = (props: Partial<DatabaseProps>): string[] => checkDatabase(resolve(props)).map(({ path, got, want }) => `${path}: ${got}: ${want}`);

test('the smallest database is valid, and takes what its engine takes', () => {
  expect(checkDatabase(resolve())).toEqual([]);
  expect(resolve().request).toEqual({
    name: 'orders', memory: Size.gibibytes(2), cores: 1, dataSize: Size.gibibytes(50), walSize: undefined, tls: false, tlsRequired: false, settings: {},
    connections: undefined, startupTimeout: Duration.hours(1), dataMustExist: false, restore: false, image: undefined,
  });
  expect(resolve()).toMatchObject({
    name: 'orders', cpu: Cpu.millis(1000), cpuLimit: undefined, shutdownTimeout: Duration.seconds(311), imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    imagePullSecrets: [], podLabels: {}, podAnnotations: {}, labels: {}, annotations: {},
  });
});

test('the engine is asked for what was written', () => {
  const { request } = resolve({
    name: 'ledger', resources: { memory: Size.gibibytes(8), cpu: Cpu.millis(2500) }, sizing: { connections: 50 }, settings: { work_mem: '8MB' }, image: 'postgres:17.5',
    storage: { size: Size.gibibytes(5), wal: { size: Size.gibibytes(2) } }, tls: Tls.fromSecret('tls', { required: true }), startupTimeout: Duration.minutes(7),
    dataSource: DataSource.releasedVolumes({ data: 'pv', wal: 'pw' }),
  });
  expect(request).toEqual({
    name: 'ledger', memory: Size.gibibytes(8), cores: 2.5, dataSize: Size.gibibytes(5), walSize: Size.gibibytes(2), tls: true, tlsRequired: true,
    settings: { work_mem: '8MB' }, connections: 50, startupTimeout: Duration.minutes(7), dataMustExist: true, restore: false, image: 'postgres:17.5',
  });
});

test('more memory means more time for a clean stop', () => {
  expect(resolve({ resources: { memory: Size.gibibytes(64), cpu: Cpu.units(8) } }).shutdownTimeout).toEqual(Duration.seconds(628));
});

test.each([
  'postgres:17.5', 'docker.io/library/postgres:17', 'registry:5000/a/b:1.2-x_y', 'localhost/postgres:LATEST', `postgres@sha256:${'0'.repeat(64)}`,
  `postgres:17@sha256:${'a'.repeat(64)}`,
])('%s is pinned', image => {
  expect(problems({ image })).toEqual([]);
});

test.each([
  '', 'postgres', 'postgres:', 'postgres:latest', 'registry:5000/postgres', 'registry:5000/postgres:latest', 'postgres:17 ', 'postgres:17\n', 'Postgres:17', 'postgres:-1',
  'postgres@sha256:0', `postgres:${'1'.repeat(129)}`, '$(IMAGE):1',
])('%j is no pinned image', image => {
  expect(problems({ image })).toEqual([`image: ${JSON.stringify(image)}: an image with a tag other than "latest", or with a digest`]);
});

test('a limit of the processor is at least what is requested', () => {
  const memory = Size.gibibytes(2);
  expect(problems({ resources: { memory, cpu: Cpu.units(2), cpuLimit: Cpu.millis(2000) } })).toEqual([]);
  expect(problems({ resources: { memory, cpu: Cpu.units(2), cpuLimit: Cpu.millis(1999) } })).toEqual(['resources.cpuLimit: 1999m: at least as much as `resources.cpu`']);
  const positive = 'a positive amount, such as Cpu.millis(500) or Cpu.units(2)';
  expect(problems({ resources: { memory, cpu: Cpu.units(0), cpuLimit: Cpu.units(-1) } }))
    .toEqual([`resources.cpu: "0": ${positive}`, `resources.cpuLimit: "-1": ${positive}`]);
});

test('times are whole seconds, and not too short for a database', () => {
  expect(problems({ shutdownTimeout: Duration.seconds(30), startupTimeout: Duration.minutes(5) })).toEqual([]);
  expect(problems({ shutdownTimeout: Duration.seconds(29), startupTimeout: Duration.seconds(299) }))
    .toEqual(['shutdownTimeout: 29 s: whole seconds, at least 30', 'startupTimeout: 299 s: whole seconds, at least 300']);
  expect(problems({ shutdownTimeout: Duration.millis(30_500), startupTimeout: Duration.seconds(Infinity) }))
    .toEqual(['shutdownTimeout: 30.5 s: whole seconds, at least 30', 'startupTimeout: Infinity s: whole seconds, at least 300']);
});

test('what is the library\'s own is refused everywhere, and what is everybody\'s is not', () => {
  const own = { 'app.kubernetes.io/name': 'mine' };
  const files = { 'cdk8s-stateful/files': 'mine' };
  expect(problems({ labels: own, podMetadata: { labels: own, annotations: files } })).toEqual([
    'labels.app.kubernetes.io/name: "mine": another key: this one is the library\'s own',
    'podMetadata.labels.app.kubernetes.io/name: "mine": another key: this one is the library\'s own',
    'podMetadata.annotations.cdk8s-stateful/files: "mine": another key: this one is the library\'s own',
  ]);
  expect(problems({ labels: { team: 'shop' }, podMetadata: { labels: { team: 'shop' }, annotations: { team: 'shop' } }, annotations: own })).toEqual([]);
});

test('an annotation of the claims that a guard would overwrite is refused', () => {
  const annotations = { 'helm.sh/resource-policy': 'delete' };
  expect(problems({ storage: { size: Size.gibibytes(1), annotations } })).toEqual(['storage.annotations.helm.sh/resource-policy: "delete": "keep"']);
});
