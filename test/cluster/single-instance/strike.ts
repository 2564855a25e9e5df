import { Duration } from 'cdk8s';
import { Measured } from '../harness/rounds';
import { sight, stopwatch, untilReadyAgain } from '../harness/readiness';
import { Writer } from '../harness/writer';
import { Orders, POD, SERVER } from './fixture';

/** Fewer writes a second than these would make "nothing was lost" easy to say. */
const LEAST_RATE = 500;

/** Strikes a database that is being written to, waits until it is ready again and written to, and compares. */
export async function strikeUnderLoad(orders: Orders, writer: Writer, blow: () => Promise<unknown>): Promise<Measured> {
  const rate = await writer.rate();
  expect(rate).toBeGreaterThanOrEqual(LEAST_RATE);
  const before = await sight(orders.kubectl, POD, SERVER);
  const since = await writer.now();
  const seconds = await stopwatch(async () => {
    await blow();
    await untilReadyAgain(orders.kubectl, POD, SERVER, before, Duration.minutes(5));
  });
  await writer.untilWriting(await writer.now(), Duration.seconds(30));
  const { acknowledged, lost, duplicates, gap } = await writer.verdict(since);
  return { seconds, rate, acknowledged, lost, duplicates, gap };
}
