import { Duration } from 'cdk8s';
import { eventually } from '../harness/eventually';
import { playRounds } from '../harness/rounds';
import { containerStatus, sight, stopwatch, untilReadyAgain } from '../harness/readiness';
import { Orders, POD, SERVER } from './fixture';

let orders: Orders;

beforeAll(async () => { orders = await Orders.start('bad-image'); });
afterAll(() => orders.remove());

test('after an image that does not exist, the earlier manifests alone bring the database back, with its data', async () => {
  const client = await orders.client();
  await client.sql('CREATE TABLE kept (text text); INSERT INTO kept VALUES (\'before\')');
  const claim = await orders.claimUid();
  await orders.apply({ image: 'docker.io/library/postgres:17.999' });
  await eventually('the image not being found', { within: Duration.minutes(2) }, async () =>
    /ErrImagePull|ImagePullBackOff/.exec(containerStatus(await orders.pod(), SERVER).state.waiting?.reason ?? '')?.[0]);
  const before = await sight(orders.kubectl, POD, SERVER);
  const summary = await playRounds({ name: 'bad image reverted', measure: 'apply to ready', aim: 'median ≤ 60 s', rounds: 1 }, async () => ({
    seconds: await stopwatch(async () => {
      await orders.apply();
      await untilReadyAgain(orders.kubectl, POD, SERVER, before, Duration.minutes(2));
    }),
  }));
  const rows = await eventually('an answer', { within: Duration.seconds(10) }, () => client.sql('SELECT text FROM kept'));
  expect(rows).toBe('before');
  expect(await orders.claimUid()).toBe(claim);
  expect(summary.median).toBeLessThanOrEqual(60);
});
