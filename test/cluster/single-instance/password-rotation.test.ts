import { Duration } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { sight } from '../harness/readiness';
import { Measured, playRounds } from '../harness/rounds';
import { newPassword } from '../harness/settings';
import { Orders, POD, SECRET, SERVER } from './fixture';
import { END, Session } from './session';

let orders: Orders;
let client: ClientPod;
let session: Session;
let password: string;
let first: { uid: string; restarts: number };
const refused: string[] = [];

beforeAll(async () => {
  orders = await Orders.start('rotation');
  client = await orders.client();
  password = orders.password;
  first = await sight(orders.kubectl, POD, SERVER);
  session = await Session.open(orders, client);
});

afterAll(() => orders.remove());

async function round(): Promise<Measured> {
  const next = newPassword();
  const start = Date.now();
  await orders.namespace.secret(SECRET, { password: next });
  await eventually('the new password', { within: Duration.minutes(2) }, async () => (await client.trySqlAs(next, 'SELECT 1')).code === 0 || undefined);
  const seconds = (Date.now() - start) / 1000;
  const { code, stderr } = await client.trySqlAs(password, 'SELECT 1');
  refused.push(code === 0 ? 'accepted' : stderr);
  password = next;
  return { seconds };
}

test('after a change of the Secret the new password is taken within two minutes, and the old one is refused', async () => {
  const options = { name: 'password changed in the Secret', measure: 'change to accepted', aim: 'max ≤ 120 s', rounds: 5 };
  const summary = await playRounds(options, round);
  expect(summary.max).toBeLessThanOrEqual(120);
  expect(refused).toHaveLength(summary.rounds);
  refused.forEach(message => expect(message).toContain('password authentication failed for user "app"'));
});

test('nothing was restarted for it, and a connection from before goes on', async () => {
  expect(await sight(orders.kubectl, POD, SERVER)).toEqual(first);
  expect((await sight(orders.kubectl, POD, 'reconcile')).restarts).toBe(0);
  expect(await client.trySqlAs(password, END)).toMatchObject({ code: 0 });
  expect(await session.survived()).toBe(true);
});
