import { Cpu, Postgres } from 'cdk8s-stateful';
import { Duration, Size } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { eventually, sleep } from '../harness/eventually';
import { playRounds } from '../harness/rounds';
import { sight, stopwatch, untilReadyAgain } from '../harness/readiness';
import { Changes, Orders, POD, SERVER, STATEFUL_SET } from './fixture';

const OTHER_IMAGE = process.env.TEST_POSTGRES_OTHER_IMAGE ?? 'docker.io/library/postgres:17-trixie';

// Each release is applied over the one before it.
const SETTINGS_CHANGED: Changes = { settings: { log_min_duration_statement: '250ms' } };
const MEMORY_CHANGED: Changes = { ...SETTINGS_CHANGED, resources: { memory: Size.mebibytes(1280), cpu: Cpu.millis(250) } };
const IMAGE_CHANGED: Changes = { ...MEMORY_CHANGED, image: OTHER_IMAGE };
const DECLARED: Changes = {
  ...IMAGE_CHANGED,
  engine: Postgres.v17({
    databases: [{ name: 'app', extensions: ['pg_trgm'] }, { name: 'reports', owner: 'app' }],
    roles: [{ name: 'readers', login: false }, { name: 'auditor', passwordKey: 'password', memberOf: ['readers'] }],
  }),
};

let orders: Orders;
let client: ClientPod;

beforeAll(async () => {
  orders = await Orders.start('rolling-changes');
  client = await orders.client();
  await client.sql('CREATE TABLE kept (text text); INSERT INTO kept VALUES (\'before\')');
});
afterAll(() => orders.remove());

test('a changed setting is in effect after exactly one restart', async () => {
  await restartsOnce('setting changed', SETTINGS_CHANGED);
  expect(await client.sql('SHOW log_min_duration_statement')).toBe('250ms');
});

test('a changed memory is in effect after exactly one restart', async () => {
  await restartsOnce('memory changed', MEMORY_CHANGED);
  expect(await client.sql('SHOW shared_buffers')).toBe('320MB');
});

test('another image of the same major runs after exactly one restart', async () => {
  await restartsOnce('image changed', IMAGE_CHANGED);
  expect(await orders.kubectl.run(['get', 'pod', POD, '--output', 'jsonpath={.spec.containers[*].image}'])).toBe(`${OTHER_IMAGE} ${OTHER_IMAGE}`);
});

test('a database, roles and an extension that are added become usable without a restart', async () => {
  const before = await seen();
  const figures = { name: 'database, role and extension added', measure: 'apply to usable', aim: 'median ≤ 120 s', rounds: 1 };
  const summary = await playRounds(figures, async () => ({ seconds: await stopwatch(declare) }));
  expect(await seen()).toEqual(before);
  expect(summary.median).toBeLessThanOrEqual(120);
});

async function declare(): Promise<void> {
  await orders.apply(DECLARED);
  await eventually('the new database, roles and extension', { within: Duration.minutes(3), every: Duration.seconds(1) }, async () => {
    await client.run(psql('app', 'reports'), 'CREATE TABLE IF NOT EXISTS made (n int)');
    // Nobody but its owner may connect to a database, until the owner says so.
    await client.sql('GRANT CONNECT ON DATABASE app TO readers');
    expect(await client.run(psql('auditor', 'app'), 'SELECT pg_has_role(\'readers\', \'member\')')).toBe('t\n');
    expect(await client.sql('SELECT similarity(\'orders\', \'orders\')')).toBe('1');
    return true;
  });
}

function psql(user: string, database: string): string[] {
  return ['/scripts/sql.sh', `host=${STATEFUL_SET} user=${user} dbname=${database}`];
}

/** Applies the changes, and sees one new pod on the same claim, and then no other one for a while. */
async function restartsOnce(name: string, changes: Changes): Promise<void> {
  const before = await seen();
  const summary = await playRounds({ name, measure: 'apply to ready', aim: 'median ≤ 60 s', rounds: 1 }, async () => ({
    seconds: await stopwatch(async () => {
      expect(await orders.apply(changes)).toContain(`statefulset.apps/${STATEFUL_SET} configured`);
      await untilReadyAgain(orders.kubectl, POD, SERVER, before.pod, Duration.minutes(3));
    }),
  }));
  const after = await seen();
  expect(after).toEqual({ claim: before.claim, revisions: before.revisions + 1, pod: { uid: expect.any(String) as string, restarts: 0 } });
  await sleep(Duration.seconds(10));
  expect(await seen()).toEqual(after);
  expect(await client.sql('SELECT text FROM kept')).toBe('before');
  expect(summary.median).toBeLessThanOrEqual(60);
}

/** The claim, the pod, and how many different pod templates there were: each of them is a rolling restart. */
async function seen(): Promise<{ claim: string; revisions: number; pod: { uid: string; restarts: number } }> {
  const revisions = await orders.kubectl.run(['get', 'controllerrevisions', '--output', 'name']);
  return { claim: await orders.claimUid(), revisions: revisions.trim().split('\n').length, pod: await sight(orders.kubectl, POD, SERVER) };
}
