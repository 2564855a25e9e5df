import { Redis, Valkey } from '../../../lib';
import { REDIS } from '../../../lib/engines/redis/versions';
import { REQUEST } from '../valkey/request';

test('each supported series has a factory, and each factory a series', () => {
  expect([Redis.v72(), Redis.v8()].map(({ version }) => version).sort()).toEqual(Object.keys(REDIS.series).sort());
});

test('it runs the official image and its programs, and looks for its version', () => {
  const { container, environment, image, ports, scratch } = Redis.v72().plan(REQUEST);
  expect(image).toBe('docker.io/library/redis:7.2.15');
  expect(environment).toMatchObject({ SERVER: 'redis-server', CLIENT: 'redis-cli', CHECKER: 'redis-check-rdb', PRODUCT: 'Redis', DB_VERSION: '7.2', LOG_LAYOUT: 'folder' });
  expect([container, ports.map(({ name }) => name), scratch.map(({ path }) => path)]).toEqual(['redis', ['redis'], ['/run/redis']]);
});

test('the data lies where Valkey looks for it, and the configuration is the same but for the folder in memory', () => {
  const [redis, valkey] = [Redis.v8().plan(REQUEST), Valkey.v8().plan(REQUEST)];
  expect(redis.environment.DATA_DIR).toBe(valkey.environment.DATA_DIR);
  expect(redis.files['server.conf']?.replace(/\/run\/redis/g, '/run/valkey')).toBe(valkey.files['server.conf']);
  expect([redis.scripts, redis.files['users.list']]).toEqual([valkey.scripts, valkey.files['users.list']]);
});

test('the licence of 8 is warned of, and 7.2 has none to warn of', () => {
  expect(Redis.v8().warnings(REQUEST)).toEqual([{ code: 'redis-licence',
    message: 'Redis 8: AGPLv3, RSALv2 or SSPLv1, by choice: each asks something of those who offer it to others; Valkey is BSD' }]);
  expect(Redis.v72().warnings(REQUEST)).toEqual([]);
});

test('how it is backed up is said with its own programs', () => {
  expect(Redis.v8().backupSupport.tools.map(({ tool }) => tool)).toEqual(['redis-cli --rdb', 'VolumeSnapshot']);
});
