import { Duration } from 'cdk8s';
import { eventually } from '../harness/eventually';
import { processesOf } from '../harness/node-agent';
import { containerStatus, Pod, stopwatch } from '../harness/readiness';
import { playRounds } from '../harness/rounds';
import { SETTINGS } from '../harness/settings';
import { findIn, objectsOf } from '../single-instance/leaks';
import { beginChanged, end, succeeded, waitsBefore } from './jobs';
import type { BackupProfile } from './profile';
import { TestStore } from './store';
import { BackupSubject, SCHEDULE } from './subject';

/** A backup, the loss of everything, and a new database elsewhere that is equal, from the bucket alone. */
export function proveBackup(profile: BackupProfile): void {
  const { amount, amountIs } = SETTINGS.rounds === 'full' ? profile.large : profile.small;
  let store: TestStore;
  let source: BackupSubject;
  let fingerprint = '';

  beforeAll(async () => {
    store = await TestStore.create('6Gi');
    source = await BackupSubject.source(profile, store);
    await source.apply();
    await source.untilReady();
    await source.record();
    await source.do(profile.fill);
  });
  afterAll(async () => {
    await Promise.all([source.namespace.remove(), store.namespace.remove()]);
  });

  test('good runs give verified backups, of which the retention keeps the latest, and nothing else is in the store', async () => {
    const summary = await playRounds({ name: 'backup', measure: 'Job created to complete', aim: 'every run gives a verified backup', rounds: 20 }, async round => {
      const before = await store.backups(source.folder);
      const { seconds } = succeeded(await source.backup());
      const after = await store.backups(source.folder);
      expect(after).toHaveLength(Math.min(round, 3));
      const id = after[after.length - 1] as string;
      expect(before).not.toContain(id);
      expect(await store.manifest(source.folder, id)).toMatchObject({ id, engine: profile.engine.name, method: 'logical', database: 'orders' });
      return { seconds };
    });
    expect(summary.failures).toBe(0);
    const folders = (await store.shell('ls "/data/backups/$0/backups"', source.folder)).trim().split('\n').sort();
    expect(folders).toEqual(await store.backups(source.folder));
  });

  test('a restore in another namespace, from the store alone, has everything, and then serves with its own passwords', async () => {
    fingerprint = await source.fingerprint();
    expect(fingerprint.trim()).not.toBe('');
    const other = await BackupSubject.restored(source);
    try {
      await other.apply();
      await other.untilReady();
      expect(await other.fingerprint()).toBe(fingerprint);
      expect(await other.log(other.container)).toMatch(/restored from backup \d{8}-\d{8}T\d{6}Z/);
      expect(findIn([{ name: 'init', text: await other.log('fetch') }], [...source.canaries, ...other.canaries])).toEqual([]);
      // Its next start is an ordinary one.
      await other.kubectl.run(['delete', 'pod', other.pod], { timeout: Duration.minutes(7) });
      await other.untilReady();
      expect(await other.log('fetch')).toContain('nothing to do: restored before');
      expect(await other.fingerprint()).toBe(fingerprint);
    } finally { await other.namespace.remove(); }
  });

  test('no password or key is in a manifest, object, log, process or name', async () => {
    await store.become({ bandwidth: '20k' });
    // It waits a little, so that it is looked at from its beginning.
    await beginChanged(source.kubectl, SCHEDULE, 'watched', waitsBefore);
    const [dumping, uploading, run] = await Promise.all([watch(source, 'dump', 25), watch(source, 'publish', 25), end(source.kubectl, 'watched')]);
    await store.become({});
    const places = [{ name: 'manifests', text: source.manifests }, ...await objectsOf(source.kubectl), { name: 'log of the run', text: succeeded(run).log },
      { name: 'names in the store', text: await store.objects() }, ...dumping, ...uploading];
    // A dump of so little is over in a second, and is not always met; that its tools are given no password is shown by their own tests.
    expect(dumping).not.toEqual([]);
    expect(uploading.map(({ name }) => name)).toEqual(expect.arrayContaining(['process publish.sh of publish', 'process rclone of publish']));
    expect(findIn(places, source.canaries)).toEqual([]);
  });

  test(`everything is lost, and ${amountIs} come back`, async () => {
    await source.do(profile.grow, amount);
    fingerprint = await source.fingerprint();
    await playRounds({ name: `backup of ${amountIs}`, measure: 'Job created to complete', aim: 'complete', rounds: 1 }, async () => {
      const { seconds } = succeeded(await source.backup(Duration.minutes(9)));
      return { seconds };
    });
    await source.namespace.remove();
    const other = await BackupSubject.restored(source);
    try {
      await playRounds({ name: `restore of ${amountIs}`, measure: 'apply to ready', aim: 'equal in every table', rounds: 1 }, async () => {
        const seconds = await stopwatch(async () => { await other.apply(); await other.untilReady(); });
        expect(await other.fingerprint()).toBe(fingerprint);
        return { seconds };
      });
    } finally { await other.namespace.remove(); }
  });
}

interface Place { readonly name: string; readonly text: string }

/** The processes of a container of the run that is to come, for some seconds from its beginning. */
async function watch(subject: BackupSubject, container: string, seconds: number): Promise<Place[]> {
  const pod = await eventually(`the container ${container}`, { within: Duration.minutes(8), every: Duration.millis(200) }, () => running(subject, container));
  const seen = await processesOf({ kubectl: subject.kubectl, pod, container }, Duration.seconds(seconds));
  return seen.map(each => ({ name: `process ${each.name} of ${each.container}`, text: each.arguments + each.environment }));
}

async function running(subject: BackupSubject, container: string): Promise<string | undefined> {
  const { items } = await subject.kubectl.json<{ items: Pod[] }>(['get', 'pods', '--selector', 'app.kubernetes.io/component=backup']);
  return items.find(pod => containerStatus(pod, container).state.running !== undefined)?.metadata.name;
}
