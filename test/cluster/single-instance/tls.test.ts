import { Duration } from 'cdk8s';
import { Tls } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { Outcome } from '../harness/kubectl';
import { sight, untilReady } from '../harness/readiness';
import { Measured, playRounds } from '../harness/rounds';
import { Certificate, newCertificate } from './certificates';
import { Changes, Orders, POD, SERVER, STATEFUL_SET } from './fixture';
import { END, Session } from './session';

const TLS: Changes = { tls: Tls.fromSecret('orders-tls', { required: true }) };

let orders: Orders;
let client: ClientPod;
let session: Session;
let current: Certificate;
let first: { uid: string; restarts: number };
const stale: Outcome[] = [];

beforeAll(async () => {
  orders = await Orders.prepare('tls');
  await install(await newCertificate(STATEFUL_SET));
  await orders.apply(TLS);
  await untilReady(orders.kubectl, POD, Duration.minutes(3));
  client = await orders.client();
  first = await sight(orders.kubectl, POD, SERVER);
  session = await Session.open(orders, client, `${client.options.connection} sslmode=require`);
});

afterAll(() => orders.remove());

async function install(certificate: Certificate): Promise<void> {
  current = certificate;
  await orders.namespace.secret('orders-tls', { 'tls.crt': certificate.certificate, 'tls.key': certificate.key });
}

function connect(options: string): Promise<Outcome> {
  return client.try(['/scripts/sql.sh', `${client.options.connection} ${options}`], 'SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
}

/** Connects if the server shows exactly this certificate. */
async function verify({ certificate }: Certificate): Promise<Outcome> {
  await client.run(['bash', '-c', 'cat > /tmp/root.crt'], certificate);
  return connect('sslmode=verify-full sslrootcert=/tmp/root.crt');
}

async function round(): Promise<Measured> {
  const old = current;
  const start = Date.now();
  await install(await newCertificate(STATEFUL_SET));
  await eventually('the new certificate', { within: Duration.minutes(2) }, async () => (await verify(current)).code === 0 || undefined);
  const seconds = (Date.now() - start) / 1000;
  stale.push(await verify(old));
  return { seconds };
}

test('the certificate of the Secret is served, with TLS 1.2 at least', async () => {
  expect(await verify(current)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^TLSv1\.[23]\n$/) as string });
  const old = await connect('sslmode=require ssl_min_protocol_version=TLSv1.1 ssl_max_protocol_version=TLSv1.1');
  expect(old.code).not.toBe(0);
});

test('clients without TLS are turned away where it is required, also with the right password', async () => {
  const { code, stderr } = await connect('sslmode=disable');
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/no pg_hba\.conf entry for host .* user "app", database "app", no encryption/);
});

test('a renewed certificate is served within two minutes, and the old one no more', async () => {
  const options = { name: 'certificate renewed in the Secret', measure: 'change to served', aim: 'max ≤ 120 s', rounds: 5 };
  const summary = await playRounds(options, round);
  expect(summary.max).toBeLessThanOrEqual(120);
  expect(stale).toHaveLength(summary.rounds);
  stale.forEach(({ stderr }) => expect(stderr).toContain('certificate verify failed'));
});

test('nothing was restarted for it, and a connection from before goes on', async () => {
  expect(await sight(orders.kubectl, POD, SERVER)).toEqual(first);
  await client.sql(END);
  expect(await session.survived()).toBe(true);
});
