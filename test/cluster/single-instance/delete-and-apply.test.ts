import { Duration } from 'cdk8s';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { Measured, playRounds } from '../harness/rounds';
import { Orders, render } from './fixture';

const KINDS = 'statefulsets,services,configmaps,networkpolicies,serviceaccounts,pods';

let orders: Orders;
let client: ClientPod;
let claim: string;

beforeAll(async () => {
  orders = await Orders.start('delete');
  client = await orders.client();
  claim = await orders.claimUid();
  await client.sql('CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) AS n');
});

afterAll(() => orders.remove());

function left(): Promise<string> {
  return orders.kubectl.run(['get', KINDS, '--output', 'name', '--selector', 'app.kubernetes.io/instance=orders']);
}

async function round(): Promise<Measured> {
  await orders.kubectl.delete(render(orders.namespace.name));
  await eventually('nothing left but the claim', { within: Duration.minutes(2) }, async () => await left() === '' || undefined);
  const start = Date.now();
  await orders.apply();
  const rows = await eventually('an answer', { within: Duration.minutes(2) }, async () => Number(await client.sql('SELECT count(*) FROM kept')));
  const seconds = (Date.now() - start) / 1000;
  return { seconds, acknowledged: 1000, lost: 1000 - rows };
}

test('after kubectl delete of all manifests and kubectl apply the data is back, on the same claim', async () => {
  const options = { name: 'everything deleted and applied again', measure: 'apply to the first answer', aim: 'nothing is lost', rounds: 5 };
  expect(await playRounds(options, round)).toMatchObject({ failures: 0, lost: 0 });
  expect(await orders.claimUid()).toBe(claim);
});

test('the claim says that GitOps tools are to leave it', async () => {
  const annotations = await orders.kubectl.run(['get', 'persistentvolumeclaim', 'data-orders-0', '--output', 'jsonpath={.metadata.annotations}']);
  expect(JSON.parse(annotations)).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'helm.sh/resource-policy': 'keep' });
});
