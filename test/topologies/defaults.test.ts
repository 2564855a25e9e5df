import * as fs from 'fs';
import * as path from 'path';
import { Chart, Cron, Duration, Size } from 'cdk8s';
import * as library from '../../lib';
import { resolveBackup } from '../../lib/backup/spec';
import { resolveSchedule } from '../../lib/core/schedule';
import { resolveDrill } from '../../lib/restore/spec';
import { resolveDatabase } from '../../lib/topologies/database-spec';
import { database, newChart, objects } from '../rendering';

const LIB = path.join(__dirname, '..', '..', 'lib');
const DEFAULT = /export interface (\w+)|@default (?!-)(.+)\n +\*\/\n +readonly (\w+)\?/g;
// What these say is what the cloud does with a parameter that is not there.
const NOT_OURS = ['EbsGp3Options'];

interface Documented { readonly owner: string; readonly prop: string; readonly code: string }

/** Every default in a docstring that is code: those of behaviour begin with "-". */
function documented(): Documented[] {
  const files = fs.readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).sort();
  return files.flatMap(file => {
    let owner = '';
    return [...fs.readFileSync(path.join(LIB, file), 'utf8').matchAll(DEFAULT)].flatMap(([, name, code, prop]) => {
      owner = name ?? owner;
      return code === undefined || prop === undefined || NOT_OURS.includes(owner) ? [] : [{ owner, prop, code }];
    });
  });
}

const PROPS = { storage: { size: Size.gibibytes(50) } };

/** The options of the engines: what counts is the plan that is made of them. */
const ENGINES: { readonly [owner: string]: (given: object) => library.IEngine } = {
  CassandraOptions: given => library.Cassandra.v5(given),
  ClickHouseOptions: given => library.ClickHouse.v268(given),
  MariaDbOptions: given => library.MariaDb.v118(given),
  MongoDbOptions: given => library.MongoDb.v8(given),
  MySqlOptions: given => library.MySql.v97(given),
  MySqlUser: given => library.MySql.v97({ users: [{ name: 'reports', ...given }] }),
  OpenSearchOptions: given => library.OpenSearch.v3(given),
  ZooKeeperOptions: given => library.ZooKeeper.v39(given),
};

function planOf(engine: library.IEngine): library.MemberPlan {
  return engine.plan(resolveDatabase('orders', engine, PROPS).request);
}

const DB = database();
const NIGHT = { schedule: Cron.daily() };
const STORE = library.BackupStore.at({ engine: library.Postgres.v17(), destination: library.BackupDestination.s3({ bucket: 'backups' }), folder: 'a' });

/** What the constructs of backups make of their props. */
const BACKUPS: { readonly [owner: string]: (given: object) => unknown } = {
  BackupProps: given => withoutDatabase(resolveBackup('nightly', 'shop', { database: DB, destination: library.BackupDestination.s3({ bucket: 'backups' }), ...given }, library.Retention.forever())),
  ScratchProps: scratch => withoutDatabase(resolveBackup('nightly', 'shop', { database: DB, destination: library.BackupDestination.s3({ bucket: 'backups' }), scratch }, library.Retention.forever())),
  RetentionTiers: given => library.Retention.tiers(given),
  BackupScheduleProps: given => schedule(given),
  ScheduleProps: given => resolveSchedule({ ...NIGHT, ...given }),
  BackupSourceOptions: given => library.DataSource.backup(STORE, given),
  SnapshotNames: given => library.DataSource.snapshot({ data: 'a', ...given }),
  RestoreDrillProps: given => resolveDrill('drill', { backup: STORE, ...NIGHT, ...given }),
  DrillVolumeProps: volume => resolveDrill('drill', { backup: STORE, ...NIGHT, volume }),
  ExistingDatabaseProps: given => {
    const { connection, credentials } = new library.ExistingDatabase(newChart(), 'old', { engine: library.Postgres.v17(), host: 'db', port: 1, username: 'app', secretName: 's', ...given });
    return { connection, credentials };
  },
  SftpBackupOptions: given => library.BackupDestination.sftp({ host: 'h', user: 'u', path: 'p', credentialsSecret: 's', ...given }),
  MemberRequest: given => library.Postgres.v17().plan({ ...resolve(PROPS).request, restore: undefined, ...given }),
};

function schedule(given: object): object {
  const db = database();
  return objects(new library.BackupSchedule(Chart.of(db), 'nightly', { database: db, ...NIGHT, destination: library.BackupDestination.s3({ bucket: 'backups' }), ...given }));
}

// The construct is the same one, and knows its whole app.
function withoutDatabase({ database: _, ...spec }: ReturnType<typeof resolveBackup>): object {
  return spec;
}

const SPECS: { readonly [owner: string]: (given: object) => unknown } = {
  ...BACKUPS,
  ...Object.fromEntries(Object.entries(ENGINES).map(([owner, make]) => [owner, (given: object) => planOf(make(given))])),
  DatabaseProps: given => resolve({ ...PROPS, ...given }),
  ImageProps: given => resolve({ ...PROPS, ...given }),
  StorageProps: given => resolve({ storage: { ...PROPS.storage, ...given } }),
  SchedulingProps: scheduling => resolve({ ...PROPS, scheduling }),
  TlsOptions: given => resolve({ ...PROPS, tls: library.Tls.fromSecret('tls', given) }),
  PostgresOptions: given => resolve(PROPS, given),
  PostgresRole: given => resolve(PROPS, { roles: [{ name: 'app', ...given }] }),
};

function resolve(props: library.DatabaseProps, options: library.PostgresOptions = {}): ReturnType<typeof resolveDatabase> {
  return resolveDatabase('orders', library.Postgres.v17(options), props);
}

function evaluate(code: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function('Duration', 'Size', ...Object.keys(library), `return ${code.replace('<name>', 'orders')};`)(Duration, Size, ...Object.values(library));
}

test('the defaults are found', () => {
  expect(documented().map(({ owner, prop }) => `${owner}.${prop}`)).toEqual(expect.arrayContaining([
    'DatabaseProps.credentials', 'DatabaseProps.gitOps', 'StorageProps.onDelete', 'SchedulingProps.spread', 'PostgresRole.login', 'PostgresOptions.superuser',
  ]));
});

test.each(documented())('$owner, $prop: who writes $code writes what is taken without a word', ({ owner, prop, code }) => {
  expect(SPECS[owner]?.({ [prop]: evaluate(code) })).toEqual(SPECS[owner]?.({}));
  expect(SPECS[owner]?.({ [prop]: undefined })).toEqual(SPECS[owner]?.({}));
  expect(SPECS).toHaveProperty(owner);
});

test('another value than the default is another spec', () => {
  const others = [
    ['DatabaseProps', { gitOps: library.GitOps.UNGUARDED }], ['SchedulingProps', { spread: library.Spread.required() }], ['PostgresRole', { login: false }],
    ['CassandraOptions', { rack: 'b' }], ['ClickHouseOptions', { username: 'b' }], ['MariaDbOptions', { authentication: library.MariaDbAuthentication.ED25519 }],
    ['MongoDbOptions', { administrator: 'root' }], ['MySqlOptions', { dataFolder: 'mysql' }], ['MySqlUser', { connectionLimit: 5 }], ['ZooKeeperOptions', { metrics: false }],
    ['OpenSearchOptions', { security: library.OpenSearchSecurity.disabled({ iAcceptNoAuthentication: true }) }],
    ['BackupProps', { retries: 2 }], ['BackupScheduleProps', { retention: library.Retention.last(1) }], ['ScratchProps', { size: Size.gibibytes(1) }], ['RetentionTiers', { daily: 1 }], ['ScheduleProps', { suspend: true }],
    ['BackupSourceOptions', { at: library.RecoveryTarget.before('2026-11-21T03:00:00Z') }], ['RestoreDrillProps', { maxAge: Duration.days(1) }],
    ['SnapshotNames', { ofOneMoment: true }], ['DrillVolumeProps', { size: Size.gibibytes(2) }], ['ExistingDatabaseProps', { tlsRequired: true }], ['MemberRequest', { restore: true }], ['SftpBackupOptions', { port: 2022 }],
    ['ImageProps', { imagePullPolicy: library.ImagePullPolicy.ALWAYS }],
    ['StorageProps', { onDelete: library.OnDelete.deleteData({ iAcceptDataLoss: true }) }], ['PostgresOptions', { superuser: 'root' }], ['TlsOptions', { required: true }],
  ] as const;
  for (const [owner, given] of others) { expect(SPECS[owner]?.(given)).not.toEqual(SPECS[owner]?.({})); }
  expect(others.map(([owner]) => owner).sort()).toEqual(Object.keys(SPECS).sort());
});
