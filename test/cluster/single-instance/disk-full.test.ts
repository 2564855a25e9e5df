import { Duration, Size } from 'cdk8s';
import { StorageClassRef } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { eventually } from '../harness/eventually';
import { Outcome } from '../harness/kubectl';
import { containerStatus, untilReady } from '../harness/readiness';
import { playRounds } from '../harness/rounds';
import { SETTINGS } from '../harness/settings';
import { Changes, Orders, POD, SERVER, declare } from './fixture';
import { checkPages } from './integrity';
import { paste } from './printed';
import { untilGrown } from './volume';

/** Rows of 512 KiB, then smaller ones, until even those have no room. */
const ROW_SIZES = [524288, 32768, 1024];
/** More transactions than a volume of 1 GiB has room for. */
const BATCH = 2000;
/** An error of the server itself, or of a session that was made read-only in time. */
const NO_SPACE = /No space left on device|in a read-only transaction/;

const storageClass = StorageClassRef.named(SETTINGS.storageClass);

describe.each([['the log on the data volume', false], ['the log on a volume of its own', true]])('a full disk, %s', (title, hasLogVolume) => {
  let orders: Orders;
  let client: ClientPod;
  const acknowledged: string[] = [];

  function sized(gibibytes: number): Changes {
    return { storage: { size: Size.gibibytes(gibibytes), storageClass, wal: hasLogVolume ? { size: Size.gibibytes(1) } : undefined } };
  }

  /** Inserts row after row, each a transaction of its own, until one fails; what was acknowledged is remembered. */
  async function fill(size: number): Promise<Outcome> {
    const ids = Array.from({ length: BATCH }, (_, n) => `${acknowledged.length + 1 + n}`);
    const seed = `SELECT string_agg(md5(random()::text), '') AS seed FROM generate_series(1, ${size / 32}) \\gset\n`;
    const outcome = await client.trySql(seed + ids.map(id => `INSERT INTO filling VALUES (${id}, :'seed');\n\\echo ${id}\n`).join(''));
    acknowledged.push(...outcome.stdout.split('\n').filter(line => line !== ''));
    return outcome;
  }

  async function missing(): Promise<string[]> {
    const present = new Set((await client.sql('SELECT id FROM filling')).split('\n'));
    return acknowledged.filter(id => !present.has(id));
  }

  /** What the server's log has of the lack of space, each kind once. */
  function complaints(): Promise<string[]> {
    return eventually('a complaint', { within: Duration.minutes(2) }, async () => {
      const logs = await Promise.all([[], ['--previous']].map(flags => orders.kubectl.try(['logs', POD, '--container', SERVER, ...flags])));
      const found = logs.map(({ stdout }) => stdout).join('').match(/(?:ERROR|FATAL|PANIC): [^\n]*(?:No space left on device|in a read-only transaction)/g);
      return found === null ? undefined : [...new Set(found.map(line => line.replace(/"[^"]*"/g, '"…"')))];
    });
  }

  async function enlarge(): Promise<void> {
    const { database, manifests } = declare(orders.namespace.name, sized(2));
    await paste(database.growthCommands());
    await orders.kubectl.apply(manifests);
    if (await untilGrown(orders.kubectl, '2Gi', Duration.seconds(0)) === 'restart needed') {
      await orders.kubectl.run(['delete', 'pod', POD], { timeout: Duration.minutes(6) });
    }
    await untilReady(orders.kubectl, POD, Duration.minutes(3));
  }

  beforeAll(async () => {
    orders = await Orders.start('full', sized(1));
    client = await orders.client();
    await client.sql('CREATE TABLE filling (id bigint PRIMARY KEY, filler text NOT NULL)');
    await client.sql('ALTER TABLE filling ALTER COLUMN filler SET STORAGE EXTERNAL');
  });

  afterAll(() => orders.remove());

  test('writes end with an error, and the log says why', async () => {
    const outcomes: Outcome[] = [];
    for (const size of ROW_SIZES) { outcomes.push(await fill(size)); }
    const said = await complaints();
    process.stdout.write(`${title}: ${acknowledged.length} rows, then "${outcomes[0]?.stderr.trim()}"; log: ${said.join('; ')}\n`);
    expect(acknowledged.length).toBeGreaterThan(500);
    expect(outcomes.map(({ code }) => code)).not.toContain(0);
    expect(said.join()).toMatch(NO_SPACE);
  });

  test('everything acknowledged can be read meanwhile, and the server is not restarted', async () => {
    expect(await missing()).toEqual([]);
    expect(containerStatus(await orders.pod(), SERVER).restartCount).toBe(0);
  });

  test('after the commands and the larger manifests writes are taken again, and nothing acknowledged is lost', async () => {
    const options = { name: `disk full, ${title}`, measure: 'commands to the first write', aim: 'nothing is lost', rounds: 1 };
    const summary = await playRounds(options, async () => {
      const start = Date.now();
      await enlarge();
      await eventually('a write', { within: Duration.minutes(2) }, () => client.sql('INSERT INTO filling VALUES (0, \'room\') RETURNING id'));
      return { seconds: (Date.now() - start) / 1000, acknowledged: acknowledged.length, lost: (await missing()).length };
    });
    expect(summary).toMatchObject({ failures: 0, lost: 0 });
  });

  test('after that every page is sound', async () => {
    expect(await checkPages(orders.kubectl)).toBe(0);
  });
});
