import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import { BackupSchedule, Cpu, Postgres, Retention, SingleInstanceDb, StorageClassRef } from 'cdk8s-stateful';
import { imageOf } from '../engines/profile';
import { eventually, sleep } from '../harness/eventually';
import { TestNamespace } from '../harness/namespace';
import { untilReady } from '../harness/readiness';
import { playRounds } from '../harness/rounds';
import { newPassword, SETTINGS } from '../harness/settings';
import { TestStore } from './store';

interface Jobs {
  readonly items: {
    readonly metadata: { readonly name: string; readonly creationTimestamp: string };
    readonly status: { readonly active?: number; readonly succeeded?: number; readonly completionTime?: string };
  }[];
}

const SCHEDULE = 'every-minute';

/** The manifests of a database that is backed up every minute, but not yet. */
function manifests(namespace: string, store: TestStore): string {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace });
  const database = new SingleInstanceDb(chart, 'orders', {
    engine: Postgres.v17(), image: imageOf('postgres', 'docker.io/library/postgres:17'), resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) },
    storage: { size: Size.gibibytes(2), storageClass: StorageClassRef.named(SETTINGS.storageClass) },
  });
  new BackupSchedule(chart, SCHEDULE, {
    database, destination: store.destination(), schedule: Cron.everyMinute(), suspend: true, retention: Retention.last(3), transferImage: store.image, scratch: { size: Size.gibibytes(1) },
  });
  return app.synthYaml();
}

describe('a schedule', () => {
  let store: TestStore;
  let namespace: TestNamespace;

  beforeAll(async () => {
    store = await TestStore.create('1Gi');
    namespace = await TestNamespace.create('schedule');
    await namespace.secret('orders-credentials', { password: newPassword() });
    await store.introduce(namespace);
    await namespace.kubectl.apply(manifests(namespace.name, store));
    await untilReady(namespace.kubectl, 'orders-0', Duration.minutes(4));
  });
  afterAll(async () => { await Promise.all([namespace.remove(), store.namespace.remove()]); });

  const jobs = async (): Promise<Jobs['items']> => (await namespace.kubectl.json<Jobs>(['get', 'jobs'])).items;
  const suspend = (value: boolean): Promise<string> => namespace.kubectl.run(['patch', 'cronjob', SCHEDULE, '--patch', JSON.stringify({ spec: { suspend: value } })]);

  test('of runs that were missed, exactly one is made up for', async () => {
    await playRounds({ name: 'missed schedules', measure: 'released to the first Job', aim: 'exactly one run is made up for', rounds: 2 }, async () => {
      const known = new Set((await jobs()).map(({ metadata }) => metadata.name));
      // Two minutes pass, and then all that is left of the third one: what begins at once was missed, what is due is not.
      await sleep(Duration.seconds(125));
      await sleep(Duration.millis(1000 * ((75 - new Date().getSeconds()) % 60)));
      const start = Date.now();
      await suspend(false);
      const found = await eventually('a Job', { within: Duration.seconds(30) }, async () => {
        const news = (await jobs()).filter(({ metadata }) => !known.has(metadata.name));
        return news.length > 0 ? news : undefined;
      });
      const seconds = (Date.now() - start) / 1000;
      await sleep(Duration.seconds(15));
      await suspend(true);
      expect(found).toHaveLength(1);
      expect((await jobs()).filter(({ metadata }) => !known.has(metadata.name))).toHaveLength(1);
      return { seconds };
    });
  }, 11 * 60 * 1000);

  test('two runs never overlap, however long one takes', async () => {
    await namespace.kubectl.exec('orders-0', 'postgres', ['psql', '-q', '-U', 'postgres', '-d', 'app', '-c',
      'SET ROLE app; CREATE TABLE ballast AS SELECT n, encode(sha512(convert_to(n::text, \'UTF8\')), \'hex\') AS word FROM generate_series(1, 200000) AS n']);
    await store.become({ bandwidth: '200k' });
    await suspend(false);
    let most = 0;
    let longest = 0;
    for (const end = Date.now() + 200 * 1000; Date.now() < end; await sleep(Duration.seconds(1))) {
      const active = (await jobs()).filter(({ status }) => (status.active ?? 0) > 0);
      most = Math.max(most, active.length);
      longest = Math.max(longest, ...active.map(({ metadata }) => (Date.now() - Date.parse(metadata.creationTimestamp)) / 1000));
    }
    await suspend(true);
    expect(most).toBe(1);
    expect(longest).toBeGreaterThan(65);
  });
});
