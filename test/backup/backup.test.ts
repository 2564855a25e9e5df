import { Chart, Cron, Duration, Size } from 'cdk8s';
import {
  BackupDestination, BackupEncryption, BackupNow, BackupSchedule, BackupScheduleProps, BackupStore, DataSource, ExistingDatabase, MariaDb, Postgres, RecoveryTarget, Retention,
  S3Encryption, StorageClassRef, Valkey,
} from '../../lib';
import { database, find, newChart, objects, Rendered, SMALLEST } from '../rendering';

const NIGHT = Cron.schedule({ minute: '0', hour: '3' });
const BUCKET = BackupDestination.s3({ bucket: 'backups', endpoint: 'http://minio.storage.svc:9000', credentialsSecret: 's3' });

function schedule(props: Partial<BackupScheduleProps> = {}): Rendered[] {
  const db = props.database ?? database();
  return objects(new BackupSchedule(Chart.of(db), 'nightly', { database: db, schedule: NIGHT, destination: BUCKET, ...props }));
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env: { name: string; value: string }[];
  readonly volumeMounts: object[];
  readonly resources: { limits: { [name: string]: string } };
}

interface Pod {
  readonly initContainers: Container[];
  readonly containers: Container[];
  readonly volumes: { name: string; ephemeral?: { volumeClaimTemplate: { spec: object } } }[];
}

const podOf = (all: Rendered[]): Pod => find(all, 'CronJob').spec.jobTemplate.spec.template.spec as Pod;
const container = (all: Rendered[], name: string): Container => [...podOf(all).initContainers, ...podOf(all).containers].find(each => each.name === name) as Container;
const variables = ({ env }: Container): { [key: string]: string } => Object.fromEntries(env.map(({ name, value }) => [name, value]));
const environment = (all: Rendered[], name: string): { [key: string]: string } => variables(container(all, name));
const conf = (all: Rendered[]): string[] => (find(all, 'ConfigMap', 'nightly-config').data as { [name: string]: string })['destination.conf']?.trim().split('\n') ?? [];

test('look, dump, publish: each runs only if the one before it succeeded, and a run is never begun twice', () => {
  const all = schedule();
  expect(podOf(all).initContainers.map(({ name }) => name)).toEqual(['prepare', 'dump']);
  expect(podOf(all).containers.map(({ name }) => name)).toEqual(['publish']);
  expect(find(all, 'CronJob').spec).toMatchObject({
    schedule: '0 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 3600, suspend: false, failedJobsHistoryLimit: 3, successfulJobsHistoryLimit: 3,
    jobTemplate: { spec: { activeDeadlineSeconds: 21600, backoffLimit: 1, template: { spec: { restartPolicy: 'Never' } } } },
  });
  expect(find(all, 'CronJob').spec.jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('the tools are those of the server\'s own image, as its user', () => {
  const db = database({ image: 'registry.example.com/postgres:17.9', imageUser: { user: 1234, group: 5678 }, imagePullSecrets: ['pull'] });
  const all = schedule({ database: db });
  expect(container(all, 'dump').image).toBe('registry.example.com/postgres:17.9');
  expect(container(all, 'publish').image).toMatch(/^docker.io\/rclone\/rclone:\d/);
  expect(podOf(all)).toMatchObject({ securityContext: { runAsUser: 1234, fsGroup: 5678 }, imagePullSecrets: [{ name: 'pull' }] });
});

test('the database lets the pods of the backup in, which talk to it, to the DNS and to the store, and let nobody in', () => {
  const all = schedule();
  const labels = { 'app.kubernetes.io/name': 'postgres', 'app.kubernetes.io/instance': 'nightly', 'app.kubernetes.io/component': 'backup' };
  expect(find(all, 'NetworkPolicy', 'orders').spec.ingress[0].from).toEqual([{ podSelector: { matchLabels: labels } }]);
  const { egress, podSelector, policyTypes, ...rest } = find(all, 'NetworkPolicy', 'nightly').spec;
  expect({ podSelector, policyTypes, rest }).toEqual({ podSelector: { matchLabels: labels }, policyTypes: ['Ingress', 'Egress'], rest: {} });
  expect(egress.slice(1)).toEqual([
    { to: [{ podSelector: { matchLabels: find(all, 'StatefulSet').spec.selector.matchLabels } }], ports: [{ port: 5432, protocol: 'TCP' }] },
    { ports: [{ port: 9000, protocol: 'TCP' }] },
  ]);
});

test('S3 as it is declared, and passwords only as files', () => {
  expect(conf(schedule())).toEqual(['[destination]', 'type = s3', 'provider = Other', 'env_auth = false', 'endpoint = http://minio.storage.svc:9000', 'force_path_style = true', 'no_check_bucket = true']);
  const amazon = schedule({
    destination: BackupDestination.s3({ bucket: 'backups', prefix: 'eu/db', region: 'eu-central-1', pathStyle: true, serverSideEncryption: S3Encryption.kms('key-1'), caSecret: 'ca' }),
    serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backup' },
  });
  expect(conf(amazon)).toEqual(['[destination]', 'type = s3', 'provider = AWS', 'env_auth = true', 'region = eu-central-1', 'force_path_style = true', 'no_check_bucket = true',
    'server_side_encryption = aws:kms', 'sse_kms_key_id = key-1']);
  expect(environment(amazon, 'publish')).toMatchObject({ DESTINATION_ROOT: 'backups/eu/db/shop/nightly', DESTINATION_OPTIONS: '', RCLONE_CA_CERT: '/opt/stateful/authority/ca.crt' });
  expect(find(amazon, 'ServiceAccount', 'nightly').metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backup' });
  expect(podOf(amazon).volumes).toEqual(expect.arrayContaining([expect.objectContaining({ secret: { secretName: 'ca', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } })]));
  expect(conf(schedule({ destination: BackupDestination.s3({ bucket: 'backups', serverSideEncryption: S3Encryption.managed() }) }))).toContain('server_side_encryption = AES256');
  expect(find(schedule({ destination: BackupDestination.s3({ bucket: 'backups' }) }), 'NetworkPolicy', 'nightly').spec.egress[2]).toEqual({ ports: [{ port: 443, protocol: 'TCP' }] });
  expect(find(schedule({ destination: BackupDestination.s3({ bucket: 'backups', endpoint: 'http://minio' }) }), 'NetworkPolicy', 'nightly').spec.egress[2]).toEqual({ ports: [{ port: 80, protocol: 'TCP' }] });
});

test('the other stores, with their keys as files', () => {
  const gcs = schedule({ destination: BackupDestination.gcs({ bucket: 'backups', prefix: 'db', credentialsSecret: 'gcs' }) });
  expect(conf(gcs)).toEqual(['[destination]', 'type = google cloud storage', 'bucket_policy_only = true', 'no_check_bucket = true',
    'service_account_file = /opt/stateful/destination/service-account.json']);
  expect(environment(gcs, 'publish')).toMatchObject({ DESTINATION_ROOT: 'backups/db/shop/nightly', DESTINATION_OPTIONS: '' });
  expect(conf(schedule({ destination: BackupDestination.gcs({ bucket: 'backups' }) }))).toContain('env_auth = true');
  const azure = schedule({ destination: BackupDestination.azureBlob({ account: 'shop', container: 'backups', credentialsSecret: 'azure' }) });
  expect(conf(azure)).toEqual(['[destination]', 'type = azureblob', 'account = shop', 'no_check_container = true']);
  expect(environment(azure, 'publish')).toMatchObject({ DESTINATION_ROOT: 'backups/shop/nightly', DESTINATION_OPTIONS: 'key key' });
  const sftp = schedule({ destination: BackupDestination.sftp({ host: 'nas.example.com', port: 2022, user: 'backup', path: '/srv/backups', credentialsSecret: 'ssh' }) });
  expect(conf(sftp)).toEqual(['[destination]', 'type = sftp', 'host = nas.example.com', 'port = 2022', 'user = backup', 'key_file = /opt/stateful/destination/ssh-privatekey',
    'known_hosts_file = /opt/stateful/destination/known_hosts', 'shell_type = none', 'disable_hashcheck = true']);
  expect(environment(sftp, 'publish').DESTINATION_ROOT).toBe('/srv/backups/shop/nightly');
  expect(podOf(sftp).volumes).toEqual(expect.arrayContaining([expect.objectContaining({
    secret: { secretName: 'ssh', defaultMode: 0o440, items: ['known_hosts', 'ssh-privatekey'].map(key => ({ key, path: key })) } })]));
  expect(find(sftp, 'NetworkPolicy', 'nightly').spec.egress[2]).toEqual({ ports: [{ port: 2022, protocol: 'TCP' }] });
});

test('a claim as the destination, and an ephemeral claim for the dump', () => {
  const all = schedule({
    destination: BackupDestination.volume({ claim: 'nfs', prefix: 'db' }), scratch: { size: Size.gibibytes(80), storageClass: StorageClassRef.named('scratch') },
  });
  expect(conf(all)).toEqual(['[destination]', 'type = local']);
  expect(environment(all, 'publish').DESTINATION_ROOT).toBe('/backups/db/shop/nightly');
  expect(container(all, 'publish').volumeMounts).toEqual(expect.arrayContaining([{ name: 'backups', mountPath: '/backups' }]));
  const volumes = Object.fromEntries(podOf(all).volumes.map(each => [each.name, each]));
  expect(volumes.backups).toEqual({ name: 'backups', persistentVolumeClaim: { claimName: 'nfs' } });
  expect(volumes.work?.ephemeral?.volumeClaimTemplate.spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '80Gi' } }, storageClassName: 'scratch', volumeMode: 'Filesystem' });
  expect(container(all, 'dump').resources.limits['ephemeral-storage']).toBe('128Mi');
  expect(find(all, 'NetworkPolicy', 'nightly').spec.egress).toHaveLength(2);
});

test('a restore cannot write to the claim that its backup lies on', () => {
  const stored = BackupStore.at({ engine: Postgres.v17(), destination: BackupDestination.volume({ claim: 'nfs' }), folder: 'shop/nightly' });
  const { initContainers, volumes } = find(objects(database({ dataSource: DataSource.backup(stored) })), 'StatefulSet').spec.template.spec as Pod;
  expect(initContainers[0]?.volumeMounts).toEqual(expect.arrayContaining([{ name: 'backups', mountPath: '/backups', readOnly: true }]));
  expect(volumes).toEqual(expect.arrayContaining([{ name: 'backups', persistentVolumeClaim: { claimName: 'nfs', readOnly: true } }]));
});

test('retention and encryption reach the scripts', () => {
  const all = schedule({ retention: Retention.tiers({ daily: 1, weekly: 2, monthly: 3, yearly: 4, keepAtLeast: 5 }), encryption: BackupEncryption.passphrase('enc', 'word') });
  expect(environment(all, 'publish')).toMatchObject({ KEEP_DAILY: '1', KEEP_WEEKLY: '2', KEEP_MONTHLY: '3', KEEP_YEARLY: '4', KEEP_LEAST: '5', ENCRYPTION_FILE: '/opt/stateful/encryption/word' });
  expect(environment(schedule({ retention: Retention.forever() }), 'publish')).toMatchObject({ KEEP_DAILY: '0', KEEP_WEEKLY: '0', KEEP_MONTHLY: '0', KEEP_YEARLY: '0', KEEP_LEAST: '0' });
});

test('who reads: the application, the engine\'s own role for it, or whoever is named', () => {
  expect(environment(schedule(), 'dump')).toMatchObject({ DB_USER: 'app', PASSWORD_FILE: '/opt/stateful/credentials/password', DB_NAME: 'app', TLS: 'false', ACCEPT_EMPTY: 'false' });
  const valkey = database({ engine: Valkey.v8({ backupUser: 'reader' }) });
  expect(environment(schedule({ database: valkey }), 'dump')).toMatchObject({ DB_USER: 'reader', PASSWORD_FILE: '/opt/stateful/credentials/reader-password' });
  const named = schedule({ user: { name: 'backup', passwordKey: 'word', secretName: 'other' }, acceptEmpty: true, timeout: Duration.minutes(9), retries: 0, suspend: true });
  expect(environment(named, 'dump')).toMatchObject({ DB_USER: 'backup', PASSWORD_FILE: '/opt/stateful/credentials/word', ACCEPT_EMPTY: 'true' });
  expect(find(named, 'CronJob').spec).toMatchObject({ suspend: true, jobTemplate: { spec: { activeDeadlineSeconds: 540, backoffLimit: 0 } } });
});

test('one backup now, among those of the schedule', () => {
  const db = database();
  const now = new BackupNow(Chart.of(db), 'before-upgrade', { database: db, destination: BUCKET, folder: 'shop/nightly' });
  const job = find(objects(now), 'Job');
  expect(job.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 21600 });
  expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  // It removes nothing, whatever the schedule keeps.
  const { env } = (job.spec.template.spec as Pod).containers[0] as Container;
  expect(env.filter(({ name }) => name.startsWith('KEEP_')).map(({ value }) => value)).toEqual(['0', '0', '0', '0', '0']);
  expect({ folder: now.folder, name: now.backupName }).toEqual({ folder: 'shop/nightly', name: 'before-upgrade' });
});

test('a database that somebody else made, inside and outside', () => {
  const chart = newChart();
  const props = { engine: MariaDb.v118(), host: 'db.example.com', port: 3307, database: 'shop', username: 'reader', secretName: 'login', tlsRequired: true };
  const outside = schedule({ database: new ExistingDatabase(chart, 'legacy', props) });
  expect(environment(outside, 'dump')).toMatchObject({ DB_HOST: 'db.example.com', DB_PORT: '3307', DB_NAME: 'shop', DB_USER: 'reader', TLS: 'true', DATABASE: 'legacy' });
  expect(find(outside, 'NetworkPolicy', 'nightly').spec.egress[1]).toEqual({ ports: [{ port: 3307, protocol: 'TCP' }] });
  const inside = schedule({ database: new ExistingDatabase(newChart(), 'legacy', { ...props, podLabels: { app: 'db' } }) });
  expect(find(inside, 'NetworkPolicy', 'nightly').spec.egress[1]).toEqual({ to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [{ port: 3307, protocol: 'TCP' }] });
});

test('a new database begins with a backup, from the schedule or from the store alone, and is given time for it', () => {
  const stored = BackupStore.at({ engine: Postgres.v17(), destination: BUCKET, folder: 'shop/nightly', encryption: BackupEncryption.passphrase('enc') });
  const plain = objects(database());
  const all = objects(database({ dataSource: DataSource.backup(stored, { at: RecoveryTarget.before('2026-11-20T10:00:00Z') }) }));
  const { initContainers, containers } = find(all, 'StatefulSet').spec.template.spec as Pod;
  expect(variables(initContainers.find(({ name }) => name === 'fetch') as Container)).toMatchObject({
    BACKUP: 'before:20261120T100000Z', ENGINE: 'postgres', VOLUME_DIR: '/var/lib/postgresql', DESTINATION_ROOT: 'backups/shop/nightly',
  });
  expect(containers[0]?.env).toEqual(expect.arrayContaining([{ name: 'RESTORE', value: 'true' }]));
  expect(find(all, 'NetworkPolicy').spec.egress[1]).toEqual({ ports: [{ port: 9000, protocol: 'TCP' }] });
  expect(find(plain, 'NetworkPolicy').spec.egress).toHaveLength(1);
  const budget = (objects_: Rendered[]): number => {
    const { failureThreshold, periodSeconds } = find(objects_, 'StatefulSet').spec.template.spec.containers[0].startupProbe;
    return failureThreshold * periodSeconds;
  };
  expect(budget(all) - budget(plain)).toBe(24 * 3600);
  expect(SMALLEST.storage.size.toGibibytes()).toBe(50);
});
