import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import { Assert, BackupEncryption, BackupStore, RestoreDrill, RestoreDrillProps } from 'cdk8s-stateful';
import { JobEnd, play, succeeded } from './jobs';
import { findIn } from '../single-instance/leaks';
import type { BackupProfile } from './profile';
import { TestStore } from './store';
import { BackupSubject } from './subject';

/** What a drill of an engine is asked. */
export interface DrillProfile extends BackupProfile {
  /** True of what `fill` makes. */
  readonly trueOfFilled: string;
  /** Not true of it. */
  readonly falseOfFilled: string;
}

/** Green on a good backup, and red on each that is not. */
export function proveDrill(profile: DrillProfile): void {
  let store: TestStore;
  let subject: BackupSubject;
  let run = 0;

  beforeAll(async () => {
    store = await TestStore.create('1Gi');
    subject = await BackupSubject.source(profile, store, { encryption: BackupEncryption.passphrase('encryption') });
    await subject.apply();
    await subject.untilReady();
    await subject.record();
    await subject.do(profile.fill);
    succeeded(await subject.backup());
  });
  afterAll(async () => { await Promise.all([subject.namespace.remove(), store.namespace.remove()]); });

  /** One run of a drill of its own; the result is its last line. */
  const drill = async (props: Partial<RestoreDrillProps>, secret: string = 'encryption'): Promise<{ end: JobEnd; result: { [key: string]: unknown } }> => {
    run += 1;
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: subject.namespace.name });
    const backup = BackupStore.at({
      engine: profile.engine, destination: store.destination(), folder: subject.folder, transferImage: store.image, image: { image: profile.image },
      encryption: BackupEncryption.passphrase(secret),
    });
    new RestoreDrill(chart, `drill-${run}`, {
      backup, schedule: Cron.weekly(), suspend: true, volume: { size: Size.gibibytes(2) }, memory: Size.gibibytes(1), timeout: Duration.minutes(8), ...props,
    });
    await subject.kubectl.apply(app.synthYaml());
    const end = await play(subject.kubectl, `drill-${run}`, `drill-${run}-now`, Duration.minutes(9));
    const line = end.log.split('\n').map(each => /\{"result".*\}/.exec(each)?.[0]).find(each => each !== undefined);
    return { end, result: line === undefined ? {} : JSON.parse(line) as { [key: string]: unknown } };
  };

  test('a good backup is restored, has what its manifest counts, passes the engine\'s own check, and is what it should be', async () => {
    const { end, result } = await drill({ assertions: [Assert.query(profile.trueOfFilled)] });
    succeeded(end);
    expect(result).toMatchObject({ result: 'passed', backup: expect.stringMatching(/^00000001-/) as unknown, assertions: 1, reason: '' });
    expect(result.restoreSeconds).toBeGreaterThanOrEqual(0);
    expect(findIn([{ name: 'log', text: end.log }], subject.canaries)).toEqual([]);
  });

  test('an assertion that is not true', async () => {
    const { end, result } = await drill({ assertions: [Assert.query(profile.trueOfFilled), Assert.query(profile.falseOfFilled)] });
    expect(end.succeeded).toBe(false);
    expect(result).toMatchObject({ result: 'failed', assertions: 1, reason: expect.stringContaining('not true: ') as unknown });
  });

  test('a backup that is too old', async () => {
    const { end, result } = await drill({ maxAge: Duration.seconds(1) });
    expect(end.succeeded).toBe(false);
    expect(result).toMatchObject({ result: 'failed', reason: expect.stringMatching(/the backup is \d+ s old, allowed are 1 s/) as unknown });
  });

  test('another key', async () => {
    await subject.namespace.secret('other-key', { passphrase: 'not the one that the backup was made with' });
    const { end } = await drill({}, 'other-key');
    expect(end).toMatchObject({ succeeded: false, message: expect.stringContaining('FAILED: ') as unknown });
  });

  test('a file that was cut off in the store', async () => {
    await store.shell('for file in /data/backups/$0/backups/*/*; do truncate -s -100 "$file"; done', subject.folder);
    const { end } = await drill({});
    expect(end).toMatchObject({ succeeded: false, message: expect.stringMatching(/FAILED: the files of 00000001-/) as unknown });
  });
}
