import { Duration, Size } from 'cdk8s';
import { Collation, Postgres, StorageClassRef } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { signal } from '../harness/node-agent';
import { playRounds } from '../harness/rounds';
import { sight, untilReadyAgain } from '../harness/readiness';
import { Writer } from '../harness/writer';
import { SETTINGS } from '../harness/settings';
import { Changes, Orders, POD, SERVER } from './fixture';
import { superuserSql } from './integrity';
import { strikeUnderLoad } from './strike';

const storageClass = StorageClassRef.named(SETTINGS.storageClass);
const CHANGES: Changes = {
  engine: Postgres.v18({ collation: Collation.icu('de-DE'), databases: [{ name: 'app', extensions: ['pg_trgm'] }] }),
  image: process.env.TEST_POSTGRES_18_IMAGE ?? 'docker.io/library/postgres:18',
  storage: { size: Size.gibibytes(2), storageClass, wal: { size: Size.gibibytes(1) } },
};

let orders: Orders;
let client: ClientPod;

beforeAll(async () => {
  orders = await Orders.start('newest-major', CHANGES);
  client = await orders.client();
});
afterAll(() => orders.remove());

test('PostgreSQL 18 is made with the log on a volume of its own, checksums, and text sorted as asked for', async () => {
  expect(await superuserSql(orders.kubectl, 'SHOW server_version_num')).toMatch(/^18/);
  expect(await superuserSql(orders.kubectl, 'SHOW data_checksums')).toBe('on');
  expect(await superuserSql(orders.kubectl, 'SELECT datlocprovider, datlocale FROM pg_database WHERE datname = \'app\'')).toBe('i|de-DE');
  expect(await orders.kubectl.exec(POD, SERVER, ['readlink', '/var/lib/postgresql/18/docker/pg_wal'])).toContain('/var/lib/postgresql-wal/18/pg_wal');
});

test('its extension becomes usable', async () => {
  expect(await client.sql('SELECT similarity(\'word\', \'word\')')).toBe('1');
});

test('killed (-9) under load it loses no acknowledged write', async () => {
  const writer = await Writer.start(client);
  const target = { kubectl: orders.kubectl, pod: POD, container: SERVER };
  const summary = await playRounds({ name: 'kill -9 under load', measure: 'kill to ready', aim: 'nothing is lost', rounds: 1 }, () =>
    strikeUnderLoad(orders, writer, () => signal(target, 'postgres', 'KILL')));
  expect(summary).toMatchObject({ lost: 0, duplicates: 0, failures: 0 });
  await writer.stop();
});

test('data of 18 is not opened by 17: the server refuses, and 18 finds it as it was', async () => {
  const rows = await client.sql('SELECT count(*) FROM writes');
  await orders.apply({ ...CHANGES, engine: Postgres.v17(), image: SETTINGS.image });
  await eventually('the refusal', { within: Duration.minutes(2) }, async () => {
    const { stdout } = await orders.kubectl.try(['logs', POD, '--container', SERVER]);
    return stdout.includes('REFUSED: data of version 18 found') || undefined;
  });
  const before = await sight(orders.kubectl, POD, SERVER);
  await orders.apply(CHANGES);
  await untilReadyAgain(orders.kubectl, POD, SERVER, before, Duration.minutes(2));
  // The Service may lead to the pod a little later than the pod is ready.
  expect(await eventually('an answer', { within: Duration.seconds(20) }, () => client.sql('SELECT count(*) FROM writes'))).toBe(rows);
});
