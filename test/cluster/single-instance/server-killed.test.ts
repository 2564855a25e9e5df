import { Duration } from 'cdk8s';
import { signal } from '../harness/node-agent';
import { playRounds } from '../harness/rounds';
import { sight, untilReadyAgain } from '../harness/readiness';
import { Writer } from '../harness/writer';
import { Orders, POD, SERVER } from './fixture';
import { strikeUnderLoad } from './strike';

let orders: Orders;

beforeAll(async () => { orders = await Orders.start('server-killed'); });
afterAll(() => orders.remove());

test('a server that is killed (-9) under load is ready again within 15 s at the median, without losing an acknowledged write', async () => {
  const writer = await Writer.start(await orders.client());
  const summary = await playRounds({ name: 'kill -9 under load', measure: 'kill to ready', aim: 'median ≤ 15 s', rounds: 10 }, async round => {
    if (round > 1) { await replacePod(writer); }
    return strikeUnderLoad(orders, writer, () => signal({ kubectl: orders.kubectl, pod: POD, container: SERVER }, 'postgres', 'KILL'));
  });
  expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
  expect(summary.median).toBeLessThanOrEqual(15);
});

// The kubelet makes a container that ends again and again wait longer each time, up to 5 minutes, and forgets it only after
// ten minutes, or with the pod. The rounds measure the database, so each has a pod of its own.
async function replacePod(writer: Writer): Promise<void> {
  const before = await sight(orders.kubectl, POD, SERVER);
  await orders.kubectl.run(['delete', 'pod', POD, '--wait=false']);
  await untilReadyAgain(orders.kubectl, POD, SERVER, before, Duration.minutes(2));
  await writer.untilWriting(await writer.now(), Duration.seconds(30));
}
