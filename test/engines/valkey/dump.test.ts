import { Size } from 'cdk8s';
import { BackupKind, KeyDb, Redis, Valkey, type DumpPlan, type IEngine } from '../../../lib';
import { REQUEST } from './request';

function dump({ backupSupport }: IEngine): DumpPlan | undefined {
  return backupSupport.tools.find(({ kind }) => kind === BackupKind.LOGICAL)?.dump;
}

test.each([
  [Valkey.v8(), 'docker.io/valkey/valkey:8.1.11', { CHECKER: 'valkey-check-rdb', CLIENT: 'valkey-cli', DB_VERSION: '8', PRODUCT: 'Valkey' }],
  [Valkey.of('9.1.2'), 'docker.io/valkey/valkey:9.1.2', { CHECKER: 'valkey-check-rdb', CLIENT: 'valkey-cli', DB_VERSION: '9', PRODUCT: 'Valkey' }],
  [Redis.of('7.2.3'), 'docker.io/library/redis:7.2.3', { CHECKER: 'redis-check-rdb', CLIENT: 'redis-cli', DB_VERSION: '7.2', PRODUCT: 'Redis' }],
  [KeyDb.v6(), 'docker.io/eqalpha/keydb:x86_64_v6.3.4', { CHECKER: 'keydb-check-rdb', CLIENT: 'keydb-cli', DB_VERSION: '6', PRODUCT: 'KeyDB' }],
])('the tools of a backup are those of the server\'s own image', (engine, image, environment) => {
  expect(dump(engine)).toMatchObject({ image, user: 999, group: 999, environment, memory: Size.mebibytes(512) });
  expect(engine.plan(REQUEST).image).toBe(image);
  expect(Object.keys(dump(engine)?.scripts ?? {}).sort()).toEqual(['check.sh', 'dump.sh', 'rdb.sh', 'session.sh']);
});

test('a version that is refused has a backup of no sense, and nothing throws before it is refused', () => {
  expect(dump(Valkey.of('7.2'))?.environment.DB_VERSION).toBe('7.2');
});

test('the user of backups may ask for a snapshot, and for no key; the application stays the first', () => {
  const engine = Valkey.v8({ backupUser: 'backup' });
  const { client, files, passwordKeys } = engine.plan(REQUEST);
  expect(files['users.list']?.split('\n').slice(1)).toEqual(['backup backup-password -@all +sync +replconf', '']);
  expect([client.username, passwordKeys]).toEqual(['app', { app: 'password', backup: 'backup-password' }]);
  expect([dump(engine)?.login, dump(Valkey.v8())?.login]).toEqual([{ username: 'backup', passwordKey: 'backup-password' }, undefined]);
});

test('only where a backup was declared a new database begins with one', () => {
  const of = (restore?: boolean): unknown => {
    const { environment, scripts } = Redis.v8().plan({ ...REQUEST, restore });
    return [environment.ENGINE, environment.RESTORE, Object.hasOwn(scripts, 'restore.sh')];
  };
  expect([of(), of(false), of(true)]).toEqual([['redis', 'false', true], ['redis', 'false', true], ['redis', 'true', true]]);
});
