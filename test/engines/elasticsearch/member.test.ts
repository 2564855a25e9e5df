import { Duration, Size } from 'cdk8s';
import { Elasticsearch } from '../../../lib';
import { REQUEST } from './request';

const plan = Elasticsearch.v9().plan(REQUEST);

test('a companion renews what the Secrets hold, sees no volume, and has the same environment', () => {
  expect(plan.companions).toEqual([expect.objectContaining({ name: 'renew', seesSecrets: true, seesVolumes: false, sharedScratch: ['composed', 'tmp'], environment: plan.environment })]);
});

test('what is composed of the Secrets lies in memory, below the folder that the server is told', () => {
  const folder = plan.scratch.find(({ name }) => name === 'composed');
  expect(folder).toMatchObject({ inMemory: true, path: '/run/elasticsearch' });
  expect(plan.environment.ES_PATH_CONF).toBe('/run/elasticsearch/config');
});

test('every script of the folder is in the pod, and the lock of the volume', () => {
  expect(Object.keys(plan.scripts).sort()).toEqual(['access.sh', 'alive.sh', 'ask.sh', 'data.sh', 'ready.sh', 'renew.sh', 'start.sh', 'started.sh', 'volume.sh']);
});

test('clients use the scheme of the certificate, and the application\'s user', () => {
  expect(plan.client).toEqual({ scheme: 'http', database: '', username: 'app', passwordKey: 'password' });
  const secure = Elasticsearch.v9().plan({ ...REQUEST, tls: true });
  expect(secure.client.scheme).toBe('https');
  expect(secure.environment).toMatchObject({ SERVER_URL: 'https://127.0.0.1:9200', TLS_DIR: '/opt/stateful/tls' });
});

test('everybody is told of the licence, and who has no certificate of the password', () => {
  const codes = (tls: boolean): string[] => Elasticsearch.v8().warnings({ ...REQUEST, tls }).map(({ code }) => code);
  expect(codes(false)).toEqual(['elasticsearch-licence', 'elasticsearch-plain-password']);
  expect(codes(true)).toEqual(['elasticsearch-licence']);
});

test('a clean stop may take three minutes and what the heap has to write, a start a quarter of an hour for every TiB', () => {
  expect([1, 4, 64].map(memory => Elasticsearch.v9().shutdownTimeout(Size.gibibytes(memory)).toSeconds())).toEqual([182, 185, 246]);
  expect([1, 1024, 2048].map(size => Elasticsearch.v9().startupTimeout(Size.gibibytes(size)))).toEqual([Duration.minutes(15), Duration.minutes(30), Duration.minutes(45)]);
});

test('a patch release is run as it is, a minor alone has no image', () => {
  expect(Elasticsearch.of('8.19.3').plan(REQUEST)).toMatchObject({ image: 'docker.elastic.co/elasticsearch/elasticsearch:8.19.3', environment: { DB_MAJOR: '8' } });
  expect(Elasticsearch.of('8.19').check(REQUEST).map(({ path }) => path)).toEqual(['engine']);
  expect(['7.17.29', '10', '', '9.5.3.1', 'latest'].flatMap(version => Elasticsearch.of(version).check(REQUEST)).map(({ want }) => want))
    .toEqual(Array(5).fill('8, 9, or a patch release of them, such as "9.5.3"'));
});
