import { Duration } from 'cdk8s';
import { Credentials, DataSource } from 'cdk8s-stateful';
import { eventually } from '../harness/eventually';
import { Kubectl } from '../harness/kubectl';
import { Pod, containerStatus, untilReady } from '../harness/readiness';
import { SETTINGS } from '../harness/settings';
import { Changes, CLAIM, Orders, POD, SECRET, SERVER, declare } from './fixture';
import { paste } from './printed';

const EMPTY = 'empty-volume';
const LEGACY: Changes = { name: 'legacy', credentials: Credentials.existingSecret(SECRET) };

let orders: Orders;

beforeAll(async () => { orders = await Orders.prepare('existing'); });

afterAll(() => orders.remove());

/** The last words of the server's container, once it has been started again. */
function refusal(): Promise<string> {
  return eventually('a refused start', { within: Duration.minutes(3), every: Duration.seconds(1) }, async () => {
    const pod = await orders.kubectl.json<Pod>(['get', 'pod', POD]);
    const { restartCount, lastState } = containerStatus(pod, SERVER);
    if (restartCount < 1 || lastState.terminated === undefined) { return undefined; }
    expect(lastState.terminated.exitCode).toBe(1);
    const log = await orders.kubectl.run(['logs', POD, '--container', SERVER, '--previous']);
    return log.includes('start.sh') ? log : undefined;
  });
}

/** Every file that a database has at least, on the volume of a claim. */
async function databaseFiles(claim: string): Promise<string> {
  const security = { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } };
  const container = {
    name: 'look', image: SETTINGS.toolImage, command: ['find', '/volume', '-name', 'PG_VERSION', '-o', '-name', 'base', '-o', '-name', 'pg_wal'],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }, volumeMounts: [{ name: 'volume', mountPath: '/volume' }],
  };
  const volumes = [{ name: 'volume', persistentVolumeClaim: { claimName: claim } }];
  const spec = { restartPolicy: 'Never', securityContext: security, containers: [container], volumes };
  await orders.kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `look-${claim}` }, spec }));
  await orders.kubectl.wait(`pod/look-${claim}`, 'jsonpath={.status.phase}=Succeeded', Duration.minutes(2));
  return orders.kubectl.run(['logs', `look-${claim}`]);
}

async function removeDatabase(changes: Changes): Promise<void> {
  await orders.kubectl.delete(declare(orders.namespace.name, { ...changes, dataSource: undefined }).manifests);
}

test('a claim of any name is used as it is', async () => {
  await orders.apply(LEGACY);
  await untilReady(orders.kubectl, 'legacy-0', Duration.minutes(3));
  await orders.kubectl.exec('legacy-0', SERVER, ['psql', '--username', 'postgres', 'app', '--command', 'CREATE TABLE kept AS SELECT 42 AS n; GRANT SELECT ON kept TO app']);
  await removeDatabase(LEGACY);
  await orders.apply({ dataSource: DataSource.existingClaims({ data: 'data-legacy-0' }) });
  await untilReady(orders.kubectl, POD, Duration.minutes(2));
  const client = await orders.client();
  expect(await client.sql('SELECT n FROM kept')).toBe('42');
  expect(await orders.kubectl.run(['get', 'persistentvolumeclaims', '--output', 'name'])).toBe('persistentvolumeclaim/data-legacy-0\n');
  await removeDatabase({});
});

test('an empty volume that is given as existing data is refused, and stays empty', async () => {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: SETTINGS.storageClass };
  await orders.kubectl.apply(JSON.stringify({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: EMPTY }, spec }));
  await orders.apply({ dataSource: DataSource.existingClaims({ data: EMPTY }) });
  expect(await refusal()).toContain('REFUSED: the volume holds no database in /var/lib/postgresql/17/docker, but existing data was declared');
  await removeDatabase({});
  expect(await databaseFiles(EMPTY)).toBe('');
  expect(await databaseFiles('data-legacy-0')).toContain('/volume/17/docker/PG_VERSION');
});

test('a released volume that is empty is refused, too', async () => {
  const volume = await orders.kubectl.run(['get', 'persistentvolumeclaim', EMPTY, '--output', 'jsonpath={.spec.volumeName}']);
  await orders.kubectl.run(['delete', 'pod', `look-${EMPTY}`, '--ignore-not-found']);
  await orders.kubectl.run(['delete', 'persistentvolumeclaim', EMPTY]);
  await new Kubectl().wait(`persistentvolume/${volume}`, 'jsonpath={.status.phase}=Released', Duration.seconds(30));
  const { database, manifests } = declare(orders.namespace.name, { dataSource: DataSource.releasedVolumes({ data: volume }) });
  await paste(database.adoptionCommands());
  await orders.kubectl.apply(manifests);
  expect(await refusal()).toContain('REFUSED: the volume holds no database');
  expect(await orders.kubectl.run(['get', 'persistentvolumeclaim', CLAIM, '--output', 'jsonpath={.spec.volumeName}'])).toBe(volume);
});
