import { Duration } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { playRounds } from '../harness/rounds';
import { sight, stopwatch, untilReady } from '../harness/readiness';
import { Orders, POD, SERVER, STATEFUL_SET } from './fixture';

let orders: Orders;
let client: ClientPod;

beforeAll(async () => { orders = await Orders.prepare('first-boot'); });
afterAll(() => orders.remove());

test('a database is ready within a minute of the first apply, at the median', async () => {
  const summary = await playRounds({ name: 'first boot', measure: 'apply to ready', aim: 'median ≤ 60 s', rounds: 1 }, async () => ({
    seconds: await stopwatch(async () => {
      await orders.apply();
      await untilReady(orders.kubectl, POD, Duration.minutes(3));
    }),
  }));
  expect(summary.median).toBeLessThanOrEqual(60);
});

test('the application role writes and reads in its own database, through the client Service, from a pod that was let in', async () => {
  client = await orders.client();
  await client.sql('CREATE TABLE greetings (text text NOT NULL); INSERT INTO greetings VALUES (\'hello\')');
  expect(await client.sql('SELECT text, current_user, current_database() FROM greetings')).toBe('hello|app|app');
});

// kubectl says "configured" of every StatefulSet with claim templates, so what the server has is compared.
test('a second client-side apply is not even a new version of any object, and restarts nothing', async () => {
  const before = { ...await state(), versions: await versions() };
  expect(linesOf(await orders.apply())).toHaveLength(OBJECTS);
  expect({ ...await state(), versions: await versions() }).toEqual(before);
});

test('a server-side apply takes the fields over, changes none of them and restarts nothing', async () => {
  const before = await state();
  expect(linesOf(await orders.apply({}, '--server-side', '--force-conflicts'))).toHaveLength(OBJECTS);
  expect(await state()).toEqual(before);
});

test('a second server-side apply is not even a new version of any object', async () => {
  const before = await versions();
  await orders.apply({}, '--server-side', '--force-conflicts');
  expect(await versions()).toEqual(before);
  expect(await client.sql('SELECT text FROM greetings')).toBe('hello');
});

/** ServiceAccount, two ConfigMaps, NetworkPolicy, two Services, StatefulSet. */
const OBJECTS = 7;

interface StatefulSet {
  readonly metadata: { readonly generation: number };
  readonly spec: object;
  readonly status: { readonly currentRevision: string; readonly updateRevision: string };
}

/** What a restart, or a change of the StatefulSet, would change. */
async function state(): Promise<object> {
  const set = await orders.kubectl.json<StatefulSet>(['get', 'statefulset', STATEFUL_SET]);
  const { currentRevision, updateRevision } = set.status;
  return { generation: set.metadata.generation, spec: set.spec, currentRevision, updateRevision, ...await sight(orders.kubectl, POD, SERVER) };
}

async function versions(): Promise<string> {
  const kinds = 'serviceaccount,configmap,networkpolicy,service,statefulset';
  return orders.kubectl.run(['get', kinds, '--output', 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}']);
}

function linesOf(printed: string): string[] {
  return printed.split('\n').filter(line => line !== '');
}
