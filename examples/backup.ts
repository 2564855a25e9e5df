/*
 * A database, its nightly backups in a bucket, a drill that restores one every week, and a second database that began with one of them.
 *
 * Needs: Secret/s3 (access-key-id, secret-access-key), Secret/backup-encryption (passphrase)
 */
import { App, Chart, Cron, Size } from 'cdk8s';
import {
  Assert, BackupDestination, BackupEncryption, BackupSchedule, DataSource, Postgres, RecoveryTarget, RestoreDrill, Retention, SingleInstanceDb,
} from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'shop', { namespace: 'shop' });

const orders = new SingleInstanceDb(shop, 'orders', {
  engine: Postgres.v17(),
  storage: { size: Size.gibibytes(50) },
});

const nightly = new BackupSchedule(shop, 'orders-nightly', {
  database: orders,
  schedule: Cron.schedule({ minute: '0', hour: '3' }),
  timeZone: 'Europe/Berlin',
  destination: BackupDestination.s3({
    bucket: 'backups', endpoint: 'https://s3.example.com', region: 'eu-central-1', credentialsSecret: 's3',
  }),
  encryption: BackupEncryption.passphrase('backup-encryption'),
  retention: Retention.tiers({ daily: 7, weekly: 4, monthly: 12 }),
  scratch: { size: Size.gibibytes(20) },
});

new RestoreDrill(shop, 'orders-drill', {
  backup: nightly,
  schedule: Cron.schedule({ minute: '0', hour: '5', weekDay: '1' }),
  assertions: [Assert.query('SELECT count(*) > 0 FROM orders'), Assert.query('SELECT max(at) > now() - interval \'2 days\' FROM orders')],
  volume: { size: Size.gibibytes(60) },
});

// The state of that night, beside the database that runs on; a later commit moves the clients.
new SingleInstanceDb(shop, 'orders-before-incident', {
  engine: Postgres.v17(),
  storage: { size: Size.gibibytes(50) },
  dataSource: DataSource.backup(nightly, { at: RecoveryTarget.before('2026-11-20T10:00:00Z') }),
});
app.synth();
