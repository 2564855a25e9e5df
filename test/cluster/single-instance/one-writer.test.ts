import { Duration } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { eventually, sleep } from '../harness/eventually';
import { Pod, containerStatus, isReady } from '../harness/readiness';
import { Orders, SERVER, STATEFUL_SET } from './fixture';

const INTRUDER = 'intruder';

let orders: Orders;
let client: ClientPod;

beforeAll(async () => {
  orders = await Orders.start('one-writer');
  client = await orders.client();
});
afterAll(() => orders.remove());

test('a second pod on the volume waits for the first one, and starts no server beside it', async () => {
  await client.sql('CREATE TABLE counted (n int NOT NULL)');
  await orders.kubectl.apply(JSON.stringify(await intruder()));
  await eventually('the second pod waiting for the lock', { within: Duration.minutes(1) }, async () =>
    (await log()).includes('start.sh: another pod holds /var/lib/postgresql/.lock; waiting up to 120 s') ? true : undefined);
  await sleep(Duration.seconds(10));
  await client.sql('INSERT INTO counted SELECT generate_series(1, 1000)');
  const pod = await orders.kubectl.json<Pod>(['get', 'pod', INTRUDER]);
  expect({ running: containerStatus(pod, SERVER).state.running !== undefined, ready: isReady(pod) }).toEqual({ running: true, ready: false });
  expect(await log()).not.toContain('database system');
});

test('the first one is not disturbed, and the second one, when it is deleted while it waits, needs no SIGKILL', async () => {
  const before = Date.now();
  await orders.kubectl.run(['delete', 'pod', INTRUDER], { timeout: Duration.minutes(2) });
  expect((Date.now() - before) / 1000).toBeLessThan(20);
  expect(await client.sql('SELECT count(*) FROM counted')).toBe('1000');
  expect(containerStatus(await orders.pod(), SERVER).restartCount).toBe(0);
});

function log(): Promise<string> {
  return orders.kubectl.run(['logs', INTRUDER, '--container', SERVER]);
}

/** A copy of the member, with the member's own claim, on its node. */
async function intruder(): Promise<object> {
  const { spec } = await orders.kubectl.json<{ spec: { template: { spec: PodSpec } } }>(['get', 'statefulset', STATEFUL_SET]);
  const data = { name: 'data', persistentVolumeClaim: { claimName: 'data-orders-0' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: INTRUDER },
    spec: { ...spec.template.spec, nodeName: (await orders.pod()).spec.nodeName, volumes: [...spec.template.spec.volumes, data] },
  };
}

interface PodSpec { readonly volumes: object[] }
