import { Duration } from 'cdk8s';
import { BackupEncryption } from 'cdk8s-stateful';
import { processes } from '../harness/node-agent';
import { stopwatch } from '../harness/readiness';
import { playRounds } from '../harness/rounds';
import { findIn, objectsOf } from '../single-instance/leaks';
import type { BackupProfile } from './profile';
import { TestStore } from './store';
import { BackupSubject } from './subject';

/** A backup, the loss of everything, and a new database elsewhere that is equal, from the bucket alone. */
export function proveBackup(profile: BackupProfile): void {
  let store: TestStore;
  let source: BackupSubject;
  let fingerprint = '';

  beforeAll(async () => {
    store = await TestStore.create('6Gi');
    source = await BackupSubject.source(profile, store, { encryption: BackupEncryption.passphrase('encryption') });
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
      const { log, message, seconds, succeeded } = await source.backup();
      expect({ succeeded, message, log: succeeded ? '' : log }).toEqual({ succeeded: true, message: expect.anything() as unknown, log: '' });
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

  test('no password, key or passphrase is in a manifest, object, log, process or name', async () => {
    const running = source.backup();
    const [agents, run] = await Promise.all([backupProcesses(source), running]);
    const places = [
      { name: 'manifests', text: source.manifests }, ...await objectsOf(source.kubectl), { name: 'log of the run', text: run.log },
      { name: 'names in the store', text: await store.objects() }, ...agents,
    ];
    expect(places.some(({ name }) => name.startsWith('process'))).toBe(true);
    expect(findIn(places, source.canaries)).toEqual([]);
  });

  test(`everything is lost, and ${profile.amountIs} come back`, async () => {
    await source.do(profile.grow, profile.amount);
    fingerprint = await source.fingerprint();
    await playRounds({ name: `backup of ${profile.amountIs}`, measure: 'Job created to complete', aim: 'complete', rounds: 1 }, async () => {
      const { message, seconds, succeeded } = await source.backup(Duration.minutes(9));
      expect({ succeeded, message }).toMatchObject({ succeeded: true });
      return { seconds };
    });
    await source.namespace.remove();
    const other = await BackupSubject.restored(source);
    try {
      await playRounds({ name: `restore of ${profile.amountIs}`, measure: 'apply to ready', aim: 'equal in every table', rounds: 1 }, async () => {
        const seconds = await stopwatch(async () => { await other.apply(); await other.untilReady(); });
        expect(await other.fingerprint()).toBe(fingerprint);
        return { seconds };
      });
    } finally { await other.namespace.remove(); }
  });
}

interface Place { readonly name: string; readonly text: string }

/** The processes of the run's pod, while it dumps and uploads. */
async function backupProcesses(subject: BackupSubject): Promise<Place[]> {
  const pod = await podOfRun(subject);
  const seen = await processes(subject.kubectl, pod, Duration.seconds(10));
  return seen.map(each => ({ name: `process ${each.name} of ${each.container}`, text: each.arguments + each.environment }));
}

async function podOfRun(subject: BackupSubject): Promise<string> {
  for (;;) {
    const names = await subject.kubectl.run(['get', 'pods', '--selector', 'app.kubernetes.io/component=backup', '--field-selector', 'status.phase!=Succeeded', '--output', 'name']);
    const [name] = names.split('\n').filter(line => line !== '');
    if (name !== undefined) { return name.replace('pod/', ''); }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
