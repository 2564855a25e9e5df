import { Duration } from 'cdk8s';
import { Client } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually, sleep } from '../harness/eventually';
import { TestNamespace } from '../harness/namespace';
import { agents } from '../harness/node-agent';
import { ALLOWED, Orders, POD, SERVER } from './fixture';
import { LISTENER_PORT, addressOf, startListener } from './listener';
import { METADATA_ADDRESS, MetadataService } from './metadata-service';

/** Where a connection is tried from. */
type Source = 'database' | 'allowed' | 'neighbour' | 'label elsewhere' | 'other elsewhere' | 'named elsewhere' | 'named namespace';

const OPEN_PORT = 9999;
const API_SERVER = 'kubernetes.default.svc';
/** Listens on PORT in the server's container until the pod ends. */
const LISTEN = `setsid perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => ${OPEN_PORT}, Listen => 9, ReuseAddr => 1) or die; close $s->accept while 1' < /dev/null > /dev/null 2>&1 &`;

let orders: Orders;
let elsewhere: TestNamespace;
let named: TestNamespace;
const pods = new Map<Source, ClientPod>();
const places: { [name: string]: string } = { 'the metadata service of a cloud': METADATA_ADDRESS, 'the API server': API_SERVER };
const ports: { [name: string]: number } = { 'the API server': 443, 'the metadata service of a cloud': 80 };

beforeAll(async () => {
  elsewhere = await TestNamespace.create('elsewhere');
  named = await TestNamespace.create('named');
  const allowFrom = [Client.pods({ app: ALLOWED }), Client.namespace(named.name), Client.podsIn(elsewhere.name, { app: 'reporter' })];
  orders = await Orders.start('network', { network: { allowFrom } });
  await orders.kubectl.exec(POD, SERVER, ['bash', '-c', LISTEN]);
  await Promise.all([startPods(), findPlaces()]);
});

afterAll(() => Promise.all([orders, elsewhere, named].map(each => each.remove())));

async function startPods(): Promise<void> {
  const start = async (source: Source, { kubectl }: TestNamespace, name: string): Promise<void> => {
    pods.set(source, await ClientPod.start(kubectl, { name, password: orders.password, connection: `host=orders.${orders.namespace.name}.svc user=app dbname=app` }));
  };
  pods.set('allowed', await orders.client());
  await Promise.all([
    start('neighbour', orders.namespace, 'neighbour'),
    start('label elsewhere', elsewhere, ALLOWED),
    start('other elsewhere', elsewhere, 'other'),
    start('named elsewhere', elsewhere, 'reporter'),
    start('named namespace', named, 'anybody'),
  ]);
}

async function findPlaces(): Promise<void> {
  const { kubectl } = orders;
  places['the client Service'] = `orders.${orders.namespace.name}.svc`;
  places['the member'] = `orders-0.orders-members.${orders.namespace.name}.svc`;
  places['the address of the pod'] = await addressOf(kubectl, POD);
  places['a pod beside it'] = await startListener(kubectl, 'listener');
  places['a pod of another namespace'] = await startListener(elsewhere.kubectl, 'listener');
  const master = await kubectl.run(['get', '--namespace', 'default', 'endpoints', 'kubernetes', '--output', 'jsonpath={.subsets[0].addresses[0].ip}']);
  places['the control plane\'s host'] = master;
  ports['the control plane\'s host'] = 6443;
  ['a pod beside it', 'a pod of another namespace'].forEach(place => { ports[place] = LISTENER_PORT; });
}

async function reaches(source: Source, place: string, port: number): Promise<boolean> {
  const host = places[place] as string;
  if (source !== 'database') { return (pods.get(source) as ClientPod).reaches(host, port); }
  const { code } = await orders.kubectl.tryExec(POD, SERVER, ['timeout', '2', 'bash', '-c', ': < "/dev/tcp/$0/$1"', host, `${port}`]);
  return code === 0;
}

/** Whether a connection is made at some time; policies take effect some seconds after their pods have started. */
function open(source: Source, place: string, port: number): Promise<boolean> {
  return eventually(`${source} to ${place}, port ${port}`, { within: Duration.seconds(20) }, async () => await reaches(source, place, port) || undefined);
}

/** How often a connection is made in three trials, each of which begins a second after the one before it. */
async function trials(source: Source, place: string, port: number): Promise<number> {
  const each = [0, 1, 2].map(async second => {
    await sleep(Duration.seconds(second));
    return reaches(source, place, port);
  });
  return (await Promise.all(each)).filter(made => made).length;
}

test.each<[Source, string]>([
  ['allowed', 'the client Service'],
  ['allowed', 'the member'],
  ['named elsewhere', 'the client Service'],
  ['named namespace', 'the client Service'],
  ['named namespace', 'the address of the pod'],
])('a pod that was named gets in: %s to %s', async (source, place) => {
  expect(await open(source, place, 5432)).toBe(true);
});

test.each<[Source, string]>([
  ['neighbour', 'the client Service'],
  ['neighbour', 'the member'],
  ['neighbour', 'the address of the pod'],
  ['label elsewhere', 'the client Service'],
  ['other elsewhere', 'the client Service'],
  ['other elsewhere', 'the member'],
])('a pod that was not named stays out: %s to %s', async (source, place) => {
  expect(await trials(source, place, 5432)).toBe(0);
});

test.each<[Source]>([['allowed'], ['named namespace']])('only the port of the database is open, also to a pod that was named: %s', async source => {
  const { code } = await orders.kubectl.tryExec(POD, SERVER, ['bash', '-c', `: < /dev/tcp/127.0.0.1/${OPEN_PORT}`]);
  expect(code).toBe(0);
  expect(await trials(source, 'the member', OPEN_PORT)).toBe(0);
});

test('the database asks the DNS of the cluster', async () => {
  const answer = await orders.kubectl.exec(POD, SERVER, ['getent', 'hosts', `${API_SERVER}.cluster.local`]);
  expect(answer).toContain(API_SERVER);
});

test.each([['the API server'], ['a pod beside it'], ['a pod of another namespace'], ['the control plane\'s host']])('the database reaches nobody else: %s', async place => {
  const port = ports[place] as number;
  expect(await open('neighbour', place, port)).toBe(true);
  expect(await trials('database', place, port)).toBe(0);
});

// In a cloud the service itself answers the pod beside the database; elsewhere something is put in its place.
test('the database does not reach the metadata service of a cloud', async () => {
  const place = 'the metadata service of a cloud';
  const standIn = await reaches('neighbour', place, 80) ? undefined : await MetadataService.start(agents);
  try {
    expect(await open('neighbour', place, 80)).toBe(true);
    expect(await trials('database', place, 80)).toBe(0);
  } finally {
    await standIn?.remove();
  }
});
