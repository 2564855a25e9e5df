import { App, Chart, Duration, Size } from 'cdk8s';
import { Credentials, DataSource, SnapshotRestore, StorageClassRef } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually, sleep } from '../harness/eventually';
import { Kubectl } from '../harness/kubectl';
import { Pod, sight, stopwatch, untilReady, untilReadyAgain } from '../harness/readiness';
import { playRounds } from '../harness/rounds';
import { SETTINGS } from '../harness/settings';
import { Writer } from '../harness/writer';
import { Changes, CLAIM, declare, Orders, POD, SECRET, SERVER } from '../single-instance/fixture';
import { checkPages, superuserSql } from '../single-instance/integrity';
import { paste } from '../single-instance/printed';
import { contentOf, createRetainingClass, removeSnapshots, takeSnapshot } from './snapshots';

const SNAPSHOT_CLASS = `retained-${Date.now().toString(36)}`;
const SIZE = Size.gibibytes(5);
/** Fewer writes a second than these would make "nothing was lost" easy to say. */
const LEAST_RATE = 500;
/** Rows of about a kilobyte. */
const FILL = 'INSERT INTO filling SELECT n, repeat(md5(n::text), 31) FROM generate_series';

let orders: Orders;
let elsewhere: Orders;
let client: ClientPod;
let writer: Writer;
let handle: { handle: string; driver: string };

beforeAll(async () => {
  await createRetainingClass(SNAPSHOT_CLASS);
  orders = await Orders.start('snapshot');
  elsewhere = await Orders.prepare('snapshot-elsewhere');
  client = await orders.client();
  await client.sql('CREATE TABLE filling (n bigint PRIMARY KEY, text text NOT NULL)');
});

afterAll(async () => {
  await removeSnapshots(SNAPSHOT_CLASS, [orders.namespace.name, elsewhere.namespace.name]);
  await orders.remove();
  await elsewhere.remove();
});

/** A database beside the first one, with the same password. */
function copy(name: string, dataSource?: DataSource): Changes {
  return { name, credentials: Credentials.existingSecret(SECRET), dataSource };
}

async function fill(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 100_000) { await client.sql(`${FILL}(${at + 1}, ${Math.min(at + 100_000, to)}) AS n`); }
}

function volumeOf(claim: string): Promise<string> {
  return orders.kubectl.run(['get', 'persistentvolumeclaim', claim, '--output', 'jsonpath={.spec.volumeName}']);
}

/** Makes a copy go, with its volume. */
async function discard(name: string, manifests: string): Promise<void> {
  await new Kubectl().run(['patch', 'persistentvolume', await volumeOf(`data-${name}-0`), '--patch', '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}']);
  await orders.kubectl.delete(manifests);
  await orders.kubectl.run(['delete', 'persistentvolumeclaim', `data-${name}-0`, '--wait=false']);
}

/** What a database has that was made of a snapshot: all that had been acknowledged when it was asked for, and nothing that is broken. */
async function judgeCopy(name: string, asked: number): Promise<{ acknowledged: number; lost: number; duplicates: number }> {
  const pod = `${name}-0`;
  const log = await orders.kubectl.run(['logs', pod, '--container', SERVER]);
  expect(log).toContain('the database was left as: in production');
  expect(log).toContain('automatic recovery in progress');
  expect(await checkPages(orders.kubectl, pod)).toBe(0);
  expect(await client.run(['/scripts/sql.sh', `host=${name} user=app dbname=app`], 'SELECT 1')).toBe('1\n');
  const rows = await superuserSql(orders.kubectl, 'SELECT id FROM writes', 'app', pod);
  const { acknowledged, duplicates, lost } = await writer.verdictOn(rows.split('\n'), asked);
  return { acknowledged, lost, duplicates };
}

describe.each([['50 MB', 0, 50_000], ['1 GB', 50_000, 950_000]])('of a database of %s that is being written to', (amount, filled, full) => {
  const taken: { name: string; asked: number }[] = [];

  test('a snapshot is taken, and no write that was acknowledged is lost in the database itself', async () => {
    await fill(filled, full);
    writer ??= await Writer.start(client);
    const options = { name: `volume snapshot, ${amount}`, measure: 'VolumeSnapshot created to readyToUse', aim: 'nothing acknowledged is lost, no restart', rounds: 5 };
    const before = await sight(orders.kubectl, POD, SERVER);
    const summary = await playRounds(options, async round => {
      const name = `orders-${full}-${round}`;
      const rate = await writer.rate();
      expect(rate).toBeGreaterThanOrEqual(LEAST_RATE);
      const asked = await writer.now();
      const seconds = await stopwatch(() => takeSnapshot(orders.kubectl, name, CLAIM, SNAPSHOT_CLASS));
      taken.push({ name, asked });
      await writer.untilWriting(await writer.now(), Duration.seconds(30));
      const { acknowledged, duplicates, gap, lost } = await writer.verdict(asked);
      return { seconds, rate, acknowledged, lost, duplicates, gap };
    });
    expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
    expect(await sight(orders.kubectl, POD, SERVER)).toEqual(before);
  });

  test('a new database of it recovers beside the first one, with every write that was acknowledged before, and no broken page', async () => {
    const options = { name: `new database of a volume snapshot, ${amount}`, measure: 'apply to ready', aim: 'nothing acknowledged before the snapshot is lost', rounds: 5 };
    const before = await sight(orders.kubectl, POD, SERVER);
    const summary = await playRounds(options, async round => {
      const { asked, name } = taken[round - 1] as typeof taken[0];
      const { manifests } = declare(orders.namespace.name, copy(name, DataSource.snapshot({ data: name, size: SIZE })));
      const seconds = await stopwatch(async () => {
        await orders.kubectl.apply(manifests);
        await untilReady(orders.kubectl, `${name}-0`, Duration.minutes(5));
      });
      const verdict = await judgeCopy(name, asked);
      expect(await volumeOf(`data-${name}-0`)).not.toBe(await volumeOf(CLAIM));
      if (round > 1) { await discard(name, manifests); }
      return { seconds, ...verdict };
    });
    expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
    expect(summary.acknowledged).toBeGreaterThan(LEAST_RATE);
    expect(await sight(orders.kubectl, POD, SERVER)).toEqual(before);
    expect((await writer.verdict(0)).lost).toBe(0);
  });
});

describe('the database that was made of the first snapshot', () => {
  const NAME = 'orders-50000-1';

  beforeAll(() => writer.stop());

  test('shows a GitOps tool no difference', async () => {
    const source = DataSource.snapshot({ data: NAME, size: SIZE });
    const { code, stdout } = await orders.kubectl.try(['diff', '--filename', '-'], { input: declare(orders.namespace.name, copy(NAME, source)).manifests });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const template = await orders.kubectl.run(['get', 'statefulset', NAME, '--output', 'jsonpath={.spec.volumeClaimTemplates[0].spec.dataSource} {.spec.volumeClaimTemplates[0].spec.dataSourceRef}']);
    expect(template).toBe(`{"apiGroup":"snapshot.storage.k8s.io","kind":"VolumeSnapshot","name":"${NAME}"} `);
  });

  test('cannot be rid of its data source by an apply alone, and is by the printed commands, with its claim and its data', async () => {
    const { database, manifests } = declare(orders.namespace.name, copy(NAME));
    const count = (): Promise<string> => superuserSql(orders.kubectl, 'SELECT count(*) FROM writes', 'app', `${NAME}-0`);
    const [rows, volume] = [await count(), await volumeOf(`data-${NAME}-0`)];
    const refused = await orders.kubectl.try(['apply', '--filename', '-'], { input: manifests });
    expect(refused.stderr).toContain('Forbidden: updates to statefulset spec for fields other than');
    const before = await sight(orders.kubectl, `${NAME}-0`, SERVER);
    await paste(database.growthCommands());
    await orders.kubectl.apply(manifests);
    await untilReadyAgain(orders.kubectl, `${NAME}-0`, SERVER, before, Duration.minutes(3));
    expect([await count(), await volumeOf(`data-${NAME}-0`)]).toEqual([rows, volume]);
    expect(await orders.kubectl.run(['get', 'statefulset', NAME, '--output', 'jsonpath={.spec.volumeClaimTemplates[0].spec.dataSource}'])).toBe('');
  });
});

test('a VolumeSnapshot of a class that retains is deleted, and the snapshot stays', async () => {
  const { metadata, spec, status } = await contentOf(orders.kubectl, 'orders-50000-1');
  handle = { handle: status?.snapshotHandle ?? '', driver: spec.driver };
  await orders.kubectl.run(['delete', 'volumesnapshot', 'orders-50000-1'], { timeout: Duration.minutes(1) });
  await sleep(Duration.seconds(10));
  expect(spec.deletionPolicy).toBe('Retain');
  expect(await new Kubectl().run(['get', 'volumesnapshotcontent', metadata.name, '--output', 'jsonpath={.status.readyToUse} {.status.snapshotHandle}'])).toBe(`true ${handle.handle}`);
});

describe('in another namespace, by the name of a snapshot that is not there', () => {
  const LARGER: Changes = { storage: { size: Size.gibibytes(6), storageClass: StorageClassRef.named(SETTINGS.storageClass) } };
  const source = (): Changes => ({ ...LARGER, dataSource: DataSource.snapshot({ data: 'brought', size: SIZE }) });
  const claimPhase = (): Promise<string> => elsewhere.kubectl.run(['get', 'persistentvolumeclaim', CLAIM, '--output', 'jsonpath={.status.phase} {.spec.volumeName}']);

  test('claim and pod wait, and nothing empty starts', async () => {
    await elsewhere.apply(source());
    await eventually('the reason', { within: Duration.minutes(1) }, async () => {
      const events = await elsewhere.kubectl.run(['get', 'events', '--field-selector', `involvedObject.name=${CLAIM}`, '--output', 'jsonpath={.items[*].message}']);
      return events.includes('"brought" not found') || undefined;
    });
    await sleep(Duration.seconds(20));
    expect(await claimPhase()).toBe('Pending ');
    const pod = await elsewhere.kubectl.json<Pod>(['get', 'pod', POD]);
    expect([pod.status.phase, pod.status.containerStatuses]).toEqual(['Pending', undefined]);
  });

  test('it is made as soon as a SnapshotRestore brings the snapshot by its handle, on a larger volume that has grown', async () => {
    const app = new App();
    new SnapshotRestore(new Chart(app, 'restore', { namespace: elsewhere.namespace.name }), 'brought', { snapshot: 'brought', size: SIZE, ...handle });
    await elsewhere.kubectl.apply(app.synthYaml());
    await untilReady(elsewhere.kubectl, POD, Duration.minutes(5));
    expect(await checkPages(elsewhere.kubectl)).toBe(0);
    expect(Number(await superuserSql(elsewhere.kubectl, 'SELECT count(*) FROM filling'))).toBe(50_000);
    const blocks = await elsewhere.kubectl.exec(POD, SERVER, ['df', '--output=size', '--block-size=1M', '/var/lib/postgresql']);
    expect(Number(blocks.split('\n')[1])).toBeGreaterThan(5400);
    expect((await elsewhere.kubectl.try(['diff', '--filename', '-'], { input: app.synthYaml() })).code).toBe(0);
  });

  test('what it rendered is deleted, and the snapshot still is where it was', async () => {
    await elsewhere.kubectl.run(['delete', 'volumesnapshot', 'brought'], { timeout: Duration.minutes(1) });
    await new Kubectl().run(['delete', 'volumesnapshotcontent', `${elsewhere.namespace.name}.brought`], { timeout: Duration.minutes(1) });
    const app = new App();
    const again = new SnapshotRestore(new Chart(app, 'restore', { namespace: elsewhere.namespace.name }), 'again', { snapshot: 'again', size: SIZE, ...handle });
    await elsewhere.kubectl.apply(app.synthYaml());
    const changes: Changes = { ...LARGER, name: 'again', credentials: Credentials.existingSecret(SECRET), dataSource: again.asDataSource() };
    await elsewhere.apply(changes);
    await untilReady(elsewhere.kubectl, 'again-0', Duration.minutes(5));
    expect(Number(await superuserSql(elsewhere.kubectl, 'SELECT count(*) FROM filling', 'app', 'again-0'))).toBe(50_000);
  });
});
