import { Duration, Size } from 'cdk8s';
import { StorageClassRef } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { containerStatus, untilReady } from '../harness/readiness';
import { SETTINGS } from '../harness/settings';
import { playRounds } from '../harness/rounds';
import { Writer } from '../harness/writer';
import { Changes, Orders, POD, SERVER, declare, render } from './fixture';
import { paste } from './printed';
import { fileSystemSize, Growth, untilGrown } from './volume';

/** A class whose file system grows while it is mounted, also where root lacks CAP_SYS_RESOURCE. */
const ONLINE = process.env.TEST_ONLINE_STORAGE_CLASS ?? 'standard-xfs';

/** The kubelet looks at new sizes only now and then. */
const PATIENCE = Duration.seconds(150);

function sized(gibibytes: number, storageClass: string): Changes {
  return { storage: { size: Size.gibibytes(gibibytes), storageClass: StorageClassRef.named(storageClass) } };
}

/** Grows by what the library prints, then applies the new manifests. */
async function grow(orders: Orders, changes: Changes): Promise<void> {
  const { database, manifests } = declare(orders.namespace.name, changes);
  await paste(database.growthCommands());
  await orders.kubectl.apply(manifests);
}

describe.each([
  { title: 'the class of the tests', storageClass: SETTINGS.storageClass, online: false },
  { title: 'a class that grows online', storageClass: ONLINE, online: true },
])('a volume of $title', ({ storageClass, online }) => {
  let orders: Orders;
  let client: ClientPod;
  let writer: Writer;
  let growth: Growth;
  let before: string;

  beforeAll(async () => {
    orders = await Orders.start('growth', sized(1, storageClass));
    client = await orders.client();
    writer = await Writer.start(client, 1);
    before = (await orders.pod()).metadata.uid;
    expect(await client.sql('SHOW max_wal_size')).toBe('128MB');
  });

  afterAll(() => orders.remove());

  test('without the commands, the larger manifests are refused and nothing has changed', async () => {
    await expect(orders.apply(sized(2, storageClass))).rejects.toThrow(/Forbidden: updates to statefulset spec/);
  });

  test('with the commands it grows, and the same pod runs on', async () => {
    const began = await writer.now();
    const options = { name: `growth with ${storageClass}`, measure: 'commands to grown claim', aim: 'no restart of the server', rounds: 1 };
    const summary = await playRounds(options, async () => {
      await grow(orders, sized(2, storageClass));
      growth = await untilGrown(orders.kubectl, '2Gi', online ? PATIENCE : Duration.seconds(10));
      return { seconds: await writer.now() - began, ...await writer.verdict(began) };
    });
    const pod = await orders.pod();
    expect({ uid: pod.metadata.uid, restarts: containerStatus(pod, SERVER).restartCount }).toEqual({ uid: before, restarts: 0 });
    expect(summary).toMatchObject({ failures: 0, lost: 0, duplicates: 0 });
    process.stdout.write(`${storageClass}: ${growth} after ${summary.max?.toFixed(1)} s\n`);
    if (online) { expect(growth).toBe('grown'); }
  });

  test('the settings that follow from the size are in force, without a restart', async () => {
    const size = () => client.sql('SHOW max_wal_size');
    await eventually('a larger log', { within: PATIENCE }, async () => await size() === '204MB' || undefined);
    expect((await orders.pod()).metadata.uid).toBe(before);
  });

  test('the file system has its new size, after a restart of the pod where it cannot grow while it is mounted', async () => {
    if (growth === 'restart needed') {
      await orders.kubectl.run(['delete', 'pod', POD]);
      await untilReady(orders.kubectl, POD, Duration.minutes(2));
    }
    expect(await untilGrown(orders.kubectl, '2Gi', PATIENCE)).toBe('grown');
    expect(await fileSystemSize(orders.kubectl)).toBeGreaterThan(1800);
    await writer.untilWriting(await writer.now(), Duration.seconds(30));
    expect(await writer.verdict(0)).toMatchObject({ lost: 0, duplicates: 0 });
  });

  test('after that the cluster has what the manifests say, and nothing to do', async () => {
    const { code, stdout } = await orders.kubectl.try(['diff', '--filename', '-'], { input: render(orders.namespace.name, sized(2, storageClass)) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });
});
