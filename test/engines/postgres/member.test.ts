import { Duration, Size } from 'cdk8s';
import { MemberPlan, MemberRequest, Postgres, PostgresOptions } from '../../../lib';
import { REQUEST } from './request';

const plan = (request: Partial<MemberRequest> = {}, options: PostgresOptions = {}): MemberPlan => Postgres.v17(options).plan({ ...REQUEST, ...request });

test('the data lies below the mount, in a folder of its major', () => {
  expect(plan().dataMount).toBe('/var/lib/postgresql');
  expect(plan().environment).toMatchObject({ PGDATA: '/var/lib/postgresql/17/docker', VOLUME_DIR: '/var/lib/postgresql', DB_MAJOR: '17', WAL_DIR: '' });
  expect(Postgres.of('16.3').plan(REQUEST).environment).toMatchObject({ PGDATA: '/var/lib/postgresql/16/docker', DB_MAJOR: '16' });
  expect(plan({}, { dataFolder: 'pgdata' }).environment).toMatchObject({ PGDATA: '/var/lib/postgresql/pgdata' });
});

test('the log lies on its own volume, where there is one, and the companion watches it', () => {
  const withLog = plan({ walSize: Size.gibibytes(2) });
  expect(withLog.environment).toMatchObject({ WAL_DIR: '/var/lib/postgresql-wal/17/pg_wal' });
  expect(withLog.walMount).toBe('/var/lib/postgresql-wal');
  expect(withLog.companions[0]?.environment).toMatchObject({ WAL_VOLUME_DIR: '/var/lib/postgresql-wal' });
  expect(plan().companions[0]?.environment).toMatchObject({ WAL_VOLUME_DIR: '' });
});

test('existing data is demanded where it was declared', () => {
  expect([plan(), plan({ dataMustExist: true })].map(({ environment }) => environment.DATA_MUST_EXIST)).toEqual(['false', 'true']);
});

test('another superuser is the superuser everywhere', () => {
  const { companions, environment, files } = plan({}, { superuser: 'root' });
  expect([environment.DB_SUPERUSER, companions[0]?.environment.PGUSER]).toEqual(['root', 'root']);
  expect(files['pg_ident.conf']).toContain('superuser postgres "root"\n');
  expect(files['pg_hba.conf']).toContain('host all "root" all reject\n');
});

test('the companion has certificates to watch where there are some', () => {
  expect([plan(), plan({ tls: true })].map(({ companions }) => companions[0]?.environment.TLS_DIR)).toEqual(['', '/opt/stateful/tls']);
});

test('the companion is small, sees the volumes and shares the socket, and nothing else is written', () => {
  const { companions, container, scratch } = plan();
  expect(container).toBe('postgres');
  expect(companions.map(({ name, memory, cpuMillis, sharedScratch, seesVolumes }) => ({ name, memory, cpuMillis, sharedScratch, seesVolumes })))
    .toEqual([{ name: 'reconcile', memory: Size.mebibytes(64), cpuMillis: 10, sharedScratch: ['run'], seesVolumes: true }]);
  expect(scratch).toEqual([
    { name: 'run', path: '/var/run/postgresql', size: Size.mebibytes(16), inMemory: false },
    { name: 'shm', path: '/dev/shm', size: Size.mebibytes(595), inMemory: true },
    { name: 'tmp', path: '/tmp', size: Size.mebibytes(64), inMemory: false },
  ]);
});

test('the startup probe waits as long as it was told, in whole periods', () => {
  const budget = (startupTimeout: Duration): number => {
    const { failures, period } = plan({ startupTimeout }).startup;
    return failures * period.toSeconds();
  };
  expect([budget(Duration.hours(1)), budget(Duration.seconds(301))]).toEqual([3600, 302]);
});

test('a server is dead after two minutes, and unready after fifteen seconds', () => {
  const seconds = ({ failures, period }: MemberPlan['liveness']): number => failures * period.toSeconds();
  expect([seconds(plan().liveness), seconds(plan().readiness)]).toEqual([120, 15]);
});

test('shared memory has room for all sessions, and never more than the limit', () => {
  const shm = (request: Partial<MemberRequest>): number | undefined => plan(request).scratch.find(({ name }) => name === 'shm')?.size.toMebibytes();
  expect(shm({})).toBe(Math.floor(106 * 2878 / 1024 * 2));
  expect(shm({ memory: Size.mebibytes(512) })).toBe(Math.floor(31 * 1998 / 1024 * 2));
  expect(shm({ memory: Size.mebibytes(512), connections: 5 })).toBeLessThanOrEqual(512);
});

test('a folder of the data is a relative path that never leaves the volume', () => {
  const check = (dataFolder: string): unknown => Postgres.v17({ dataFolder }).check(REQUEST);
  expect(['pgdata', '17/docker', 'a_b/c-d.e', 'a'.repeat(200)].flatMap(check)).toEqual([]);
  for (const folder of ['', '.', '..', '/', '/a', 'a/', 'a//b', 'a/../b', '.a', 'a b', 'a\n', 'a'.repeat(201)]) {
    expect(check(folder)).toEqual([{ path: 'engine.dataFolder', got: JSON.stringify(folder), want: 'a relative path of letters, digits, "_", "-" and "."' }]);
  }
});

test('the Alpine variant of the image, which damages indexes, is refused', () => {
  expect(Postgres.v17().check({ ...REQUEST, image: 'postgres:17.5-bookworm' })).toEqual([]);
  expect(Postgres.v17().check({ ...REQUEST, image: 'postgres:17-alpine' })).toEqual([{
    path: 'image', got: '"postgres:17-alpine"', want: 'a Debian variant of the image',
    remedy: 'Alpine\'s has another uid (70), and sorts text differently, which damages indexes made with the other',
  }]);
});
