import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { Outcome } from '../harness/kubectl';
import { containerStatus } from '../harness/readiness';
import { Measured, playRounds } from '../harness/rounds';
import { Writer } from '../harness/writer';
import { Orders, POD, SERVER } from './fixture';

/** Sorts 4 GB in memory, in one session. */
const GREEDY = `SET work_mem = '4GB';
  SELECT count(DISTINCT repeat(md5(n::text), 4)) FROM generate_series(1, 30000000) AS n;`;

let orders: Orders;
let client: ClientPod;
let writer: Writer;

beforeAll(async () => {
  orders = await Orders.start('memory', { resources: { memory: Size.mebibytes(512), cpu: Cpu.millis(250) } });
  client = await orders.client();
  writer = await Writer.start(client, 2);
});

afterAll(() => orders.remove());

async function lines(text: string): Promise<string[]> {
  const log = await orders.kubectl.run(['logs', POD, '--container', SERVER]);
  return log.split('\n').filter(line => line.includes(text));
}

let outcome: Outcome;

/** From the moment at which the greedy session ended to the first acknowledged write. */
async function round(): Promise<Measured> {
  const began = await writer.now();
  outcome = await client.trySql(GREEDY);
  const ended = await writer.now();
  const back = await writer.untilWriting(ended, Duration.minutes(1));
  const verdict = await writer.verdict(began);
  return { seconds: back - ended, ...verdict };
}

test('a session that takes more memory than there is ends, writes go on within 30 s, and nothing acknowledged is lost', async () => {
  const options = { name: 'memory limit hit by one session', measure: 'time to the next acknowledged write', aim: 'max ≤ 30 s', rounds: 5 };
  const summary = await playRounds(options, round);
  expect(outcome.code).not.toBe(0);
  expect(outcome.stderr).toMatch(/server closed the connection unexpectedly|terminating connection|out of memory/);
  expect(summary).toMatchObject({ failures: 0, lost: 0, duplicates: 0 });
  expect(summary.acknowledged).toBeGreaterThan(0);
  expect(summary.max).toBeLessThanOrEqual(30);
});

test('the log says which session was killed, and that the server recovered', async () => {
  const recovered = await eventually('the end of the recovery', { within: Duration.seconds(10) }, async () => {
    const found = await lines('automatic recovery in progress');
    return found.length > 0 ? found : undefined;
  });
  const killed = await lines('was terminated by signal 9: Killed');
  const restarts = containerStatus(await orders.pod(), SERVER).restartCount;
  process.stdout.write(`${killed.length} sessions killed, ${recovered.length} recoveries, ${restarts} restarts of the container\n`);
  expect(killed.length + restarts).toBeGreaterThan(0);
});
