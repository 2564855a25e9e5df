import { Duration } from 'cdk8s';
import { playRounds } from '../harness/rounds';
import { sight } from '../harness/readiness';
import { Writer } from '../harness/writer';
import { Orders, POD, SERVER } from './fixture';
import { strikeUnderLoad } from './strike';

let orders: Orders;
let writer: Writer;

beforeAll(async () => {
  orders = await Orders.start('pod-deleted');
  writer = await Writer.start(await orders.client());
});
afterAll(() => orders.remove());

test('a pod that is deleted under load comes back with the same claim and every acknowledged write', async () => {
  await survives('pod deleted under load', ['delete', 'pod', POD]);
});

test('a pod that is deleted by force under load comes back with the same claim and every acknowledged write', async () => {
  await survives('pod force-deleted under load', ['delete', 'pod', POD, '--grace-period=0', '--force']);
});

async function survives(name: string, deletion: string[]): Promise<void> {
  const before = { claim: await orders.claimUid(), pod: await sight(orders.kubectl, POD, SERVER) };
  const summary = await playRounds({ name, measure: 'deletion to ready', aim: 'median ≤ 30 s', rounds: 5 }, () =>
    strikeUnderLoad(orders, writer, () => orders.kubectl.run(deletion, { timeout: Duration.minutes(2) })));
  expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
  expect(summary.median).toBeLessThanOrEqual(30);
  expect(await orders.claimUid()).toBe(before.claim);
  expect((await sight(orders.kubectl, POD, SERVER)).uid).not.toBe(before.pod.uid);
}
