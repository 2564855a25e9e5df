import { Duration, Size } from 'cdk8s';
import { StorageClassRef } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually, sleep } from '../harness/eventually';
import { signal, slow } from '../harness/node-agent';
import { playRounds } from '../harness/rounds';
import { Pod, containerStatus, isReady, untilReady } from '../harness/readiness';
import { SETTINGS } from '../harness/settings';
import { Orders, POD, SERVER } from './fixture';

/** The log of this many rows takes longer to replay than the run of the cycle below adds up to. */
const ROWS = 8_000_000;
const SLOWED = Duration.seconds(190);
const CYCLE = { run: Duration.millis(5), pause: Duration.millis(3995) };

interface Sample { readonly ready: boolean; readonly started: boolean; readonly restarts: number }

let orders: Orders;
let client: ClientPod;

beforeAll(async () => {
  orders = await Orders.start('long-recovery', {
    storage: { size: Size.gibibytes(20), storageClass: StorageClassRef.named(SETTINGS.storageClass) },
    settings: { checkpoint_timeout: '1h', max_wal_size: '16GB' },
  });
  client = await orders.client();
});
afterAll(() => orders.remove());

test('a crash recovery of more than three minutes is not interrupted by a probe, is not called ready, and brings back all data', async () => {
  await client.sql(`CREATE TABLE big AS SELECT n, md5(n::text) AS text FROM generate_series(1, ${ROWS}) AS n`);
  const sum = await client.sql('SELECT sum(n), count(text) FROM big');
  const summary = await playRounds({ name: 'slowed crash recovery', measure: 'replay of the log', aim: '≥ 180 s without a restart', rounds: 1 }, async () => {
    const samples = await recoverSlowly();
    expect(samples.length).toBeGreaterThan(30);
    expect(samples.filter(({ ready }) => ready)).toEqual([]);
    // For all of this time but its beginning it was the liveness probe that could have killed the server.
    expect(samples.filter(({ started }) => started).length).toBeGreaterThan(25);
    expect(samples.filter(({ restarts }) => restarts > 1)).toEqual([]);
    const pod = await untilReady(orders.kubectl, POD, Duration.minutes(5));
    expect(containerStatus(pod, SERVER).restartCount).toBe(1);
    return { seconds: await replayed() };
  });
  expect(summary.median).toBeGreaterThanOrEqual(180);
  expect(await client.sql('SELECT sum(n), count(text) FROM big')).toBe(sum);
});

/** Kills the server and lets its successor replay the log for a small part of the time only. Returns what was seen meanwhile. */
async function recoverSlowly(): Promise<Sample[]> {
  const target = { kubectl: orders.kubectl, pod: POD, container: SERVER };
  await signal(target, 'postgres', 'KILL');
  await eventually('the next server', { within: Duration.minutes(1), every: Duration.millis(100) }, async () => {
    const { restartCount, state } = containerStatus(await orders.pod(), SERVER);
    return restartCount === 1 && state.running !== undefined ? true : undefined;
  });
  const slowed = slow(target, 'postgres: startup recovering', CYCLE, SLOWED);
  const samples: Sample[] = [];
  const end = Date.now() + SLOWED.toMilliseconds();
  while (Date.now() < end) {
    samples.push(sample(await orders.pod()));
    await sleep(Duration.seconds(5));
  }
  await slowed;
  return samples;
}

function sample(pod: Pod): Sample {
  const { started, restartCount } = containerStatus(pod, SERVER);
  return { ready: isReady(pod), started: started === true, restarts: restartCount };
}

/** How long the server says that it has replayed. */
async function replayed(): Promise<number> {
  const log = await orders.kubectl.run(['logs', POD, '--container', SERVER]);
  return Number(/redo done at .* elapsed: ([\d.]+) s/.exec(log)?.[1]);
}
