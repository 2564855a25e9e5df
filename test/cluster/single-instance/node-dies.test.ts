import { Duration } from 'cdk8s';
import { declareOutOfService, powerTest, untilNotReady, withoutPower } from '../harness/power';
import { playRounds } from '../harness/rounds';
import { sight, stopwatch, untilReadyAgain } from '../harness/readiness';
import { Writer } from '../harness/writer';
import { Orders, POD, SERVER } from './fixture';

let orders: Orders;

beforeAll(async () => { orders = await Orders.start('node-dies'); });
afterAll(() => orders.remove());

powerTest('after its node has died and was declared out of service, the database is ready elsewhere, with the same claim and every acknowledged write', async () => {
  const node = (await orders.pod()).spec.nodeName;
  const client = await orders.client({ notOn: node });
  const writer = await Writer.start(client);
  const claim = await orders.claimUid();
  const figures = { name: 'node dies under load', measure: 'out-of-service to ready', aim: 'median ≤ 60 s', rounds: 1 };
  const summary = await playRounds(figures, async () => {
    const rate = await writer.rate();
    expect(rate).toBeGreaterThanOrEqual(500);
    const before = await sight(orders.kubectl, POD, SERVER);
    const since = await writer.now();
    const seconds = await withoutPower(node, async () => {
      await untilNotReady(node);
      return stopwatch(async () => {
        await declareOutOfService(node);
        await untilReadyAgain(orders.kubectl, POD, SERVER, before, Duration.minutes(4));
      });
    });
    await writer.untilWriting(await writer.now(), Duration.seconds(30));
    const { acknowledged, lost, duplicates, gap } = await writer.verdict(since);
    return { seconds, rate, acknowledged, lost, duplicates, gap };
  });
  expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
  expect(summary.median).toBeLessThanOrEqual(60);
  expect(await orders.claimUid()).toBe(claim);
  expect((await orders.pod()).spec.nodeName).not.toBe(node);
}, Duration.minutes(10));
