import { Size, Duration } from 'cdk8s';
import { Cpu } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { playRounds } from '../harness/rounds';
import { Pod, Termination, containerStatus, sight, stopwatch, untilReadyAgain } from '../harness/readiness';
import { Writer } from '../harness/writer';
import { Orders, POD, SERVER } from './fixture';

const IDLE = 50;
const IN_TRANSACTION = 2;
const WRITING = 3;

let orders: Orders;
let client: ClientPod;

beforeAll(async () => {
  orders = await Orders.start('graceful-stop', { resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) }, sizing: { connections: 60 } });
  client = await orders.client();
  await client.sql('CREATE TABLE held (n int)');
});
afterAll(() => orders.remove());

test('a server with 50 idle and 5 busy clients stops cleanly within 20 s, without SIGKILL and without a lost write', async () => {
  const writer = await Writer.start(client, WRITING);
  const summary = await playRounds({ name: 'stop with 50 idle and 5 busy clients', measure: 'deletion to exit', aim: 'max ≤ 20 s', rounds: 5 }, async () => {
    await openSessions();
    const before = await sight(orders.kubectl, POD, SERVER);
    const seconds = await stopCleanly();
    await untilReadyAgain(orders.kubectl, POD, SERVER, before, Duration.minutes(2));
    await expectNoRecovery();
    const since = await writer.now();
    await writer.untilWriting(since, Duration.seconds(30));
    const { acknowledged, lost, duplicates } = await writer.verdict(since);
    return { seconds, acknowledged, lost, duplicates };
  });
  expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
  expect(summary.max).toBeLessThanOrEqual(20);
});

async function openSessions(): Promise<void> {
  const connection = client.options.connection;
  const command = 'setsid /scripts/sessions.sh "$0" "$1" "$2" < /dev/null > /dev/null 2>&1 &';
  await client.run(['bash', '-c', command, `${IDLE}`, `${IN_TRANSACTION}`, connection]);
  await eventually('all clients at work', { within: Duration.seconds(60) }, async () => {
    expect(await client.sql(`SELECT count(*) FILTER (WHERE application_name = 'idle' AND state = 'idle'),
      count(*) FILTER (WHERE application_name = 'busy' AND state = 'active' AND wait_event = 'PgSleep'),
      count(*) FILTER (WHERE application_name = 'psql' AND pid <> pg_backend_pid())
      FROM pg_stat_activity WHERE usename = 'app'`)).toBe(`${IDLE}|${IN_TRANSACTION}|${WRITING}`);
    return true;
  });
}

/** Deletes the pod, and returns how many seconds it took until all of it had ended. */
async function stopCleanly(): Promise<number> {
  let ends: Termination[] = [];
  // Kept by a finalizer, the pod can be looked at when it has ended.
  await finalizers(['cdk8s-stateful.test/seen']);
  try {
    const seconds = await stopwatch(async () => {
      await orders.kubectl.run(['delete', 'pod', POD, '--wait=false']);
      ends = await eventually('the end of all containers', { within: Duration.minutes(6) }, async () => terminations(await orders.pod()));
    });
    expect(ends.map(({ exitCode, reason }) => ({ exitCode, reason }))).toEqual(ends.map(() => ({ exitCode: 0, reason: 'Completed' })));
    return seconds;
  } finally {
    await finalizers(null);
  }
}

function finalizers(value: string[] | null): Promise<string> {
  return orders.kubectl.run(['patch', 'pod', POD, '--type=merge', '--patch', JSON.stringify({ metadata: { finalizers: value } })]);
}

/** How the server and its companion ended; undefined as long as one of them runs. */
function terminations(pod: Pod): Termination[] | undefined {
  const ends = [SERVER, 'reconcile'].map(name => containerStatus(pod, name).state.terminated);
  return ends.every(end => end !== undefined) ? ends : undefined;
}

/** Before the next start pg_controldata says how the database was left, and the server says that it found it so. */
async function expectNoRecovery(): Promise<void> {
  const log = await orders.kubectl.run(['logs', POD, '--container', SERVER]);
  expect(/the database was left as: (.*)/.exec(log)?.[1]).toBe('shut down');
  expect(/database system was (?:\w+ )+at/.exec(log)?.[0]).toBe('database system was shut down at');
  expect(log).not.toContain('automatic recovery in progress');
}
