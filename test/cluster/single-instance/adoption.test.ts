import { Duration } from 'cdk8s';
import { DataSource } from 'cdk8s-stateful';
import { eventually } from '../harness/eventually';
import { Kubectl } from '../harness/kubectl';
import { untilReady } from '../harness/readiness';
import { playRounds } from '../harness/rounds';
import { CLAIM, Changes, Orders, POD, declare } from './fixture';
import { superuserSql } from './integrity';
import { paste } from './printed';

const ROWS = 1000;

let lost: Orders;
let revived: Orders;
let volume: string;
let database: string;

function field(name: string, path: string): Promise<string> {
  return new Kubectl().run(['get', 'persistentvolume', name, '--output', `jsonpath={${path}}`]);
}

beforeAll(async () => {
  lost = await Orders.start('lost');
  const client = await lost.client();
  await client.sql(`CREATE TABLE kept AS SELECT n FROM generate_series(1, ${ROWS}) AS n`);
  database = await superuserSql(lost.kubectl, 'SELECT system_identifier FROM pg_control_system()');
  volume = await lost.kubectl.run(['get', 'persistentvolumeclaim', CLAIM, '--output', 'jsonpath={.spec.volumeName}']);
});

afterAll(async () => {
  await lost.remove();
  await revived.remove();
});

test('the volume outlives its namespace', async () => {
  await lost.namespace.deleteAndWait();
  const phase = await eventually('a released volume', { within: Duration.seconds(30) }, async () => {
    const found = await field(volume, '.status.phase');
    return found === 'Bound' ? undefined : found;
  });
  expect(phase).toBe('Released');
});

test('without the printed commands, the new claim waits and no empty database takes its place', async () => {
  revived = await Orders.prepare('revived');
  const { manifests } = declare(revived.namespace.name, adopted());
  await revived.kubectl.apply(manifests);
  await eventually('a reason to wait', { within: Duration.seconds(30) }, async () =>
    (await revived.kubectl.run(['get', 'persistentvolumeclaim', CLAIM, '--output', 'jsonpath={.status.phase}'])) === 'Pending' ? true : undefined);
  expect(await field(volume, '.spec.claimRef.namespace')).toBe(lost.namespace.name);
});

test('with them, the data is back in the new namespace, with the password of its new Secret', async () => {
  const options = { name: 'namespace deleted', measure: 'printed commands to ready', aim: 'nothing is lost', rounds: 1 };
  const summary = await playRounds(options, async () => {
    const start = Date.now();
    const declared = declare(revived.namespace.name, adopted());
    await paste(declared.database.adoptionCommands());
    await revived.kubectl.apply(declared.manifests);
    await untilReady(revived.kubectl, POD, Duration.minutes(4));
    const seconds = (Date.now() - start) / 1000;
    const client = await revived.client();
    return { seconds, acknowledged: ROWS, lost: ROWS - Number(await client.sql('SELECT count(*) FROM kept')) };
  });
  expect(summary).toMatchObject({ failures: 0, lost: 0 });
  expect(await superuserSql(revived.kubectl, 'SELECT system_identifier FROM pg_control_system()')).toBe(database);
  expect(await field(volume, '.spec.claimRef.namespace')).toBe(revived.namespace.name);
});

test('after kubectl delete of these manifests, claim included, the same steps bring the data back', async () => {
  const { database: orders, manifests } = declare(revived.namespace.name, adopted());
  await revived.kubectl.delete(manifests);
  await new Kubectl().wait(`persistentvolume/${volume}`, 'jsonpath={.status.phase}=Released', Duration.minutes(2));
  await paste(orders.adoptionCommands());
  await revived.kubectl.apply(manifests);
  await untilReady(revived.kubectl, POD, Duration.minutes(2));
  expect(await superuserSql(revived.kubectl, 'SELECT count(*) FROM kept')).toBe(`${ROWS}`);
});

test('once it runs, the data source can go, and the claim stays', async () => {
  const uid = await revived.claimUid();
  await revived.apply();
  await revived.kubectl.run(['rollout', 'status', 'statefulset/orders', '--timeout=180s'], { timeout: Duration.minutes(4) });
  expect(await revived.claimUid()).toBe(uid);
  expect(await superuserSql(revived.kubectl, 'SELECT count(*) FROM kept')).toBe(`${ROWS}`);
});

function adopted(): Changes {
  return { dataSource: DataSource.releasedVolumes({ data: volume }) };
}
