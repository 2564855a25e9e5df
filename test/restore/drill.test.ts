import { Cron, Duration, Size } from 'cdk8s';
import { Assert, BackupDestination, BackupStore, Cpu, MySql, Postgres, RecoveryTarget, RestoreDrill, RestoreDrillProps, StorageClassRef, Valkey } from '../../lib';
import { find, newChart, objects, Rendered } from '../rendering';

const BUCKET = BackupDestination.s3({ bucket: 'backups', credentialsSecret: 's3' });

function drill(props: Partial<RestoreDrillProps> = {}): Rendered[] {
  const backup = BackupStore.at({ engine: Postgres.v17(), destination: BUCKET, folder: 'shop/nightly' });
  return objects(new RestoreDrill(newChart(), 'drill', { backup, schedule: Cron.weekly(), ...props }));
}

interface Pod {
  readonly automountServiceAccountToken: boolean;
  readonly imagePullSecrets: object[];
  readonly securityContext: object;
  readonly initContainers: { name: string; env: { name: string; value: string }[] }[];
  readonly containers: { name: string; image: string; command: string[]; env: { name: string; value: string }[]; resources: { requests: object } }[];
  readonly volumes: { name: string; ephemeral?: { volumeClaimTemplate: { spec: object } } }[];
}

const podOf = (all: Rendered[]): Pod => find(all, 'CronJob').spec.jobTemplate.spec.template.spec as Pod;
const environment = (all: Rendered[]): { [key: string]: string } =>
  Object.fromEntries(podOf(all).containers[0]?.env.map(({ name, value }) => [name, value]) ?? []);

test('it fetches, then restores and asks, without any right and without a way to the database', () => {
  const all = drill();
  expect(podOf(all).initContainers.map(({ name }) => name)).toEqual(['fetch']);
  expect(podOf(all).containers.map(({ command, name }) => [name, ...command])).toEqual([['drill', '/opt/stateful/scripts/drill.sh']]);
  expect(podOf(all).automountServiceAccountToken).toBe(false);
  expect(find(all, 'NetworkPolicy').spec.egress.slice(1)).toEqual([{ ports: [{ port: 443, protocol: 'TCP' }] }]);
  expect(find(all, 'CronJob').spec).toMatchObject({ schedule: '0 0 * * 0', concurrencyPolicy: 'Forbid', jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 21600 } } });
});

test('it runs the server\'s own scripts, which begin with the backup, and no script that dumps', () => {
  const scripts = find(drill(), 'ConfigMap', 'drill-scripts').data as object;
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['check.sh', 'destination.sh', 'drill.sh', 'fetch.sh', 'restore.sh', 'start.sh']));
  expect(Object.keys(scripts)).not.toEqual(expect.arrayContaining(['dump.sh']));
  expect(environment(drill())).toMatchObject({ RESTORE: 'true', MAX_AGE: '172800', PASSWORD_NAMES: 'password', DB_NAME: 'app', VOLUME_DIR: '/var/lib/postgresql' });
});

test('what the user wants it to answer, in files that are in order', () => {
  const found = find(drill({ assertions: Array.from({ length: 11 }, (_, index) => Assert.query(`SELECT ${index}`)) }), 'ConfigMap', 'drill-config');
  const data = found.data as { [name: string]: string };
  expect(Object.keys(data).filter(name => name.startsWith('assertion-'))).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'].map(number => `assertion-${number}`));
  expect(data['assertion-11']).toBe('SELECT 10\n');
});

test('what is given is taken', () => {
  const all = drill({
    at: RecoveryTarget.backup('00000042-20261121T030000Z'), maxAge: Duration.hours(26), memory: Size.gibibytes(4), cpu: Cpu.millis(250), timeout: Duration.hours(1),
    volume: { size: Size.gibibytes(70), storageClass: StorageClassRef.named('scratch') }, settings: { work_mem: '5MB' }, name: 'weekly', suspend: true, timeZone: 'Europe/Berlin',
  });
  expect(environment(all)).toMatchObject({ MAX_AGE: '93600' });
  expect(podOf(all).initContainers[0]?.env).toEqual(expect.arrayContaining([{ name: 'BACKUP', value: '00000042-20261121T030000Z' }]));
  expect(podOf(all).containers[0]?.resources.requests).toMatchObject({ cpu: '250m', memory: '4Gi' });
  expect(podOf(all).volumes.find(({ name }) => name === 'data')?.ephemeral?.volumeClaimTemplate.spec).toMatchObject({ resources: { requests: { storage: '70Gi' } }, storageClassName: 'scratch' });
  expect(find(all, 'ConfigMap', 'weekly-config').data['postgresql.conf']).toContain('work_mem = \'5MB\'');
  expect(find(all, 'CronJob', 'weekly').spec).toMatchObject({ suspend: true, timeZone: 'Europe/Berlin' });
});

test('the image that the database runs, its user, and what its node has to have', () => {
  const image = { image: 'registry.example.com/valkey:8.1', imageUser: { user: 1234, group: 5678 }, imagePullSecrets: ['pull'] };
  const backup = BackupStore.at({ engine: Valkey.v8(), destination: BUCKET, folder: 'shop/nightly', image });
  const pod = podOf(drill({ backup }));
  expect(pod.containers[0]?.image).toBe('registry.example.com/valkey:8.1');
  expect(pod.securityContext).toMatchObject({ runAsUser: 1234, fsGroup: 5678 });
  expect(pod.imagePullSecrets).toEqual([{ name: 'pull' }]);
  expect(pod.initContainers.map(({ name }) => name)).toEqual(['node-check', 'fetch']);
});

test('every password that the server wants is made in memory', () => {
  const backup = BackupStore.at({ engine: MySql.v84({ users: [{ name: 'app' }, { name: 'reports' }] }), destination: BUCKET, folder: 'shop/nightly' });
  const all = drill({ backup });
  expect(environment(all).PASSWORD_NAMES?.split(' ').length).toBeGreaterThan(1);
  expect(podOf(all).volumes.find(({ name }) => name === 'credentials')).toEqual({ name: 'credentials', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
});
