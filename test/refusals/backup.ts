import { Chart, Cron, Duration, Size } from 'cdk8s';
import {
  Assert, BackupDestination, BackupEncryption, BackupNow, BackupProps, BackupSchedule, BackupScheduleProps, BackupStore, Client, DataSource, ExistingDatabase, Postgres,
  RecoveryTarget, RestoreDrill, RestoreDrillProps, Retention, S3BackupOptions, S3Encryption, StorageClassRef, Valkey, ZooKeeper,
} from '../../lib';
import { database, newChart } from '../rendering';
import { type Refused, refused } from './database';

const NIGHT = Cron.schedule({ minute: '0', hour: '3' });
const BUCKET = BackupDestination.s3({ bucket: 'backups' });
const store = (): BackupStore => BackupStore.at({ engine: Postgres.v17(), destination: BUCKET, folder: 'shop/nightly' });

function schedule(props: Partial<BackupScheduleProps>): unknown {
  const db = database();
  return new BackupSchedule(Chart.of(db), 'nightly', { database: db, schedule: NIGHT, destination: BUCKET, ...props });
}

function s3(options: Partial<S3BackupOptions>): unknown {
  return schedule({ destination: BackupDestination.s3({ bucket: 'backups', ...options }) });
}

function drill(props: Partial<RestoreDrillProps>): unknown {
  return new RestoreDrill(newChart(), 'drill', { backup: store(), schedule: NIGHT, ...props });
}

function elsewhere(): unknown {
  const db = database();
  return new BackupSchedule(new Chart(db.node.root, 'other', { namespace: 'other' }), 'nightly', { database: db, schedule: NIGHT, destination: BUCKET });
}

function now(props: Partial<BackupProps>): unknown {
  const db = database();
  const chart = Chart.of(db);
  new BackupSchedule(chart, 'nightly', { database: db, schedule: NIGHT, destination: BUCKET });
  return new BackupNow(chart, 'now', { database: db, destination: BUCKET, ...props });
}

const NAME = 'want lower-case letters, digits and "-", beginning with a letter, at most 52 characters; set `name`; it is never shortened or changed, because a changed name is a new, empty database';

/** What data sources that are backups refuse. */
export const REFUSED: readonly Refused[] = [
  refused({ dataSource: DataSource.backup(store()), engine: Valkey.v8() }, 'dataSource: got backups of postgres, want backups of valkey'),
  refused({ dataSource: DataSource.backup(store()), engine: ZooKeeper.v39() },
    'dataSource: got backups of postgres, want another data source: zookeeper cannot begin with a backup of this library'),
  refused({ dataSource: DataSource.backup(store(), { at: RecoveryTarget.backup('newest') }) },
    'dataSource.at: got "newest", want the id of a backup, such as "00000042-20261121T030000Z"'),
  refused({ dataSource: DataSource.backup(store(), { at: RecoveryTarget.before('yesterday') }) },
    'dataSource.at: got "yesterday", want a time in UTC to the second, such as "2026-11-21T03:00:00Z"'),
];

const backupRefused = (subject: string, ...lines: string[]): string => [`${subject} is not valid:`, ...lines.map(line => `  - ${line}`)].join('\n');
const scheduleRefused = (...lines: string[]): string => backupRefused('BackupSchedule "test/nightly"', ...lines);
const drillRefused = (...lines: string[]): string => backupRefused('RestoreDrill "test/drill"', ...lines);
const WHOLE = 'want a whole number from 0 to 10000';

/** What the constructs of backups refuse. */
export const OTHERS: readonly (readonly [make: () => unknown, message: string])[] = [
  [() => schedule({ name: 'Nightly' }), scheduleRefused(`name: got "Nightly", ${NAME}`)],
  [() => schedule({ name: 'orders' }), scheduleRefused('name: got "orders", want a name of its own in the namespace; the ConfigMap "orders-config" belongs to "test/orders"')],
  [elsewhere, backupRefused('BackupSchedule "other/nightly"',
    'database: got a database in namespace "shop", want one in namespace "other"; its Secrets are in its own namespace; put the backup into a chart of that namespace')],
  [() => {
    const zookeeper = database({ engine: ZooKeeper.v39() });
    return new BackupSchedule(Chart.of(zookeeper), 'nightly', { database: zookeeper, schedule: NIGHT, destination: BUCKET });
  }, scheduleRefused('method: got logical, want no backup of zookeeper by this library; its own tools can: VolumeSnapshot')],
  [() => s3({ bucket: 'Backups' }), scheduleRefused('destination.bucket: got "Backups", want the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."')],
  [() => s3({ prefix: '../other', region: 'eu central', endpoint: 'ftp://x', credentialsSecret: 'A', caSecret: 'B', serverSideEncryption: S3Encryption.kms('') }), scheduleRefused(
    'destination.prefix: got "../other", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between',
    'destination.endpoint: got "ftp://x", want an address such as "https://s3.example.com" or "http://minio.storage.svc:9000"',
    'destination.region: got "eu central", want a region such as "eu-central-1"',
    'destination.credentialsSecret: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    'destination.caSecret: got "B", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    'destination.serverSideEncryption.keyId: got "", want text that is not empty')],
  [() => schedule({ destination: BackupDestination.volume({ claim: 'A', prefix: '/' }) }), scheduleRefused(
    'destination.claim: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    'destination.prefix: got "/", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between')],
  [() => schedule({ destination: BackupDestination.gcs({ bucket: 'B', prefix: '/', credentialsSecret: 'A' }) }), scheduleRefused(
    'destination.bucket: got "B", want the name of a bucket: lower-case letters, digits, "-", "_" and "."',
    'destination.prefix: got "/", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between',
    'destination.credentialsSecret: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253')],
  [() => schedule({ destination: BackupDestination.azureBlob({ account: 'A', container: '-', prefix: '..', credentialsSecret: '' }) }), scheduleRefused(
    'destination.account: got "A", want a storage account: 3 to 24 lower-case letters and digits',
    'destination.container: got "-", want a container: 3 to 63 lower-case letters, digits and "-"',
    'destination.prefix: got "..", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between',
    'destination.credentialsSecret: got "", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253')],
  [() => schedule({ destination: BackupDestination.sftp({ host: 'a b', port: 0, user: 'a\nb', path: '/../etc', credentialsSecret: 'A' }) }), scheduleRefused(
    'destination.host: got "a b", want a host name or an address', 'destination.port: got 0, want a whole number from 1 to 65535', 'destination.user: got "a\\nb", want one line of text',
    'destination.path: got "../etc", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between',
    'destination.credentialsSecret: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253')],
  [() => schedule({ folder: 'a//b', encryption: BackupEncryption.passphrase('A', 'b/c') }), scheduleRefused(
    'folder: got "a//b", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between',
    'encryption.secretName: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    'encryption.key: got "b/c", want a key of a Secret: letters, digits, "-", "_" and "."')],
  [() => schedule({ retention: Retention.tiers({ daily: -1, weekly: 1.5, monthly: 20000, keepAtLeast: 0 }) }), scheduleRefused(
    `retention.daily: got -1, ${WHOLE}`, `retention.weekly: got 1.5, ${WHOLE}`, `retention.monthly: got 20000, ${WHOLE}`,
    'retention.keepAtLeast: got 0, want a whole number from 1 to 10000; the last backup is never removed; Retention.forever() removes none')],
  [() => schedule({ user: { name: 'a\nb', passwordKey: '/', secretName: 'A' } }), scheduleRefused(
    'user.name: got "a\\nb", want one line of text',
    'user.secretName: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    'user.passwordKey: got "/", want a key of a Secret: letters, digits, "-", "_" and "."')],
  [() => schedule({ scratch: { size: Size.mebibytes(1), storageClass: StorageClassRef.named('A') } }), scheduleRefused(
    'scratch.size: got 1Mi, want at least 256Mi',
    'scratch.storageClass: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253')],
  [() => schedule({ timeout: Duration.seconds(59), retries: 6, transferImage: 'rclone/rclone:latest' }), scheduleRefused(
    'timeout: got 59 s, want whole seconds, at least 60', 'retries: got 6, want a whole number from 0 to 5',
    'transferImage: got "rclone/rclone:latest", want an image with a tag other than "latest", or with a digest')],
  [() => schedule({ serviceAccountAnnotations: { 'a b': '' } }), scheduleRefused('serviceAccountAnnotations."a b": got this key, want a Kubernetes label key: [prefix/]name')],
  [() => schedule({ schedule: Cron.schedule({ minute: 'x y' }), timeZone: 'europe/berlin', startingDeadline: Duration.seconds(9) }), scheduleRefused(
    'schedule: got "x y * * * *", want five fields, such as Cron.schedule({ minute: \'0\', hour: \'3\' })',
    'timeZone: got "europe/berlin", want a name of the tz database, such as "Europe/Berlin"',
    'startingDeadline: got 9 s, want whole seconds, at least 10')],
  [() => schedule({ schedule: Cron.schedule({ minute: '60', hour: '*/2' }) }), scheduleRefused('schedule: got "60 */2 * * *", want five fields, such as Cron.schedule({ minute: \'0\', hour: \'3\' })')],
  [() => {
    const db = database();
    const props = { database: db, schedule: NIGHT, destination: BUCKET, folder: 'shop/orders' };
    return [new BackupSchedule(Chart.of(db), 'hourly', props), new BackupSchedule(Chart.of(db), 'nightly', props)];
  }, scheduleRefused('folder: got "shop/orders", want a folder of its own in the destination; this one belongs to "test/hourly"')],
  [() => now({ name: 'nightly' }), backupRefused('BackupNow "test/now"', 'name: got "nightly", want a name of its own in the namespace; the ConfigMap "nightly-config" belongs to "test/nightly"')],
  [() => BackupStore.at({ engine: Postgres.v17(), destination: BackupDestination.s3({ bucket: 'B' }), folder: '', encryption: BackupEncryption.passphrase('') }), backupRefused('BackupStore',
    'destination.bucket: got "B", want the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."',
    'folder: got "", want a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between',
    'encryption.secretName: got "", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253')],
  [() => new ExistingDatabase(newChart(), 'old', {
    engine: Postgres.v17(), host: 'db example', port: 70000, database: '', username: 'a\tb', secretName: 'A', passwordKey: '', podLabels: { 'a b': '' },
  }), backupRefused('ExistingDatabase "test/old"',
    'host: got "db example", want a host name or an address', 'port: got 70000, want a whole number from 1 to 65535', 'database: got "", want text that is not empty',
    'username: got "a\\tb", want one line of text', 'secretName: got "A", want a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253',
    'passwordKey: got "", want a key of a Secret: letters, digits, "-", "_" and "."', 'podLabels."a b": got this key, want a Kubernetes label key: [prefix/]name')],
  [() => new ExistingDatabase(newChart(), 'old', { engine: Postgres.v17(), host: 'db', port: 1, username: '', secretName: 'a' }).allowFrom(Client.addresses('x')),
    backupRefused('allowFrom of ExistingDatabase "test/old"', 'clients[0]: got "x", want an address range such as "10.0.0.0/8" or "fd00::/8"')],
  [() => drill({ name: 'D', assertions: [Assert.query(' '), Assert.query('a\u0085')], maxAge: Duration.millis(1), volume: { size: Size.mebibytes(1) }, timeout: Duration.seconds(1) }), drillRefused(
    `name: got "D", ${NAME}`, 'assertions[0]: got "", want a question', 'assertions[1]: got "a\\u0085", want text without control characters, line separators or broken Unicode',
    'maxAge: got 0.001 s, want whole seconds', 'volume.size: got 1Mi, want at least 1Gi', 'timeout: got 1 s, want whole seconds, at least 60')],
  [() => {
    const db = database();
    const backup = new BackupSchedule(Chart.of(db), 'nightly', { database: db, schedule: NIGHT, destination: BUCKET });
    return new RestoreDrill(new Chart(db.node.root, 'other', { namespace: 'other' }), 'drill', { backup, schedule: NIGHT });
  }, backupRefused('RestoreDrill "other/drill"',
    'backup: got backups of namespace "shop", want backups of namespace "other"; or a BackupStore with the same destination and folder, whose Secrets are here')],
  [() => drill({ assertions: Array.from({ length: 100 }, () => Assert.query('SELECT true')) }), drillRefused('assertions: got 100, want at most 99')],
  [() => drill({ settings: { fsync: 'off' } }), drillRefused('settings.fsync: got "off", want anything but off, false, no, 0; a crash of the node can destroy the whole database')],
  [() => drill({ backup: BackupStore.at({ engine: ZooKeeper.v39(), destination: BUCKET, folder: 'a' }) }), drillRefused('backup: got backups of zookeeper, want backups that this library can load')],
];
