import { Duration } from 'cdk8s';
import { StorageClassRef } from 'cdk8s-stateful';
import { eventually, sleep } from '../harness/eventually';
import { signal, signalSoon } from '../harness/node-agent';
import { playRounds } from '../harness/rounds';
import { beginChanged, end, JobEnd, JobSpec, succeeded, waitsBefore } from './jobs';
import type { BackupProfile } from './profile';
import { TestStore } from './store';
import { BackupSubject, SCHEDULE } from './subject';

/** What an engine's failures need beside its profile. */
export interface FailureProfile extends BackupProfile {
  /** The name of the server's process, as in /proc/PID/comm. */
  readonly process: string;
  /** That of the tool that dumps. */
  readonly dumpProcess: string;
  /** Adds something that the role of the backup may not read, run in the server's container; empty where there is no such thing. */
  readonly forbid: string[];
  /** Removes it. */
  readonly allow: string[];
  /** How much data is enough that no volume of 64 MiB holds it, and no buffer of a connection. */
  readonly enough: string;
  /** An image of another major, or of another product. */
  readonly otherImage: string;
}

/** The twelve ways in which a backup fails: each gives a failed Job that says why, and leaves every good backup as it is. */
export function proveFailures(profile: FailureProfile): void {
  let store: TestStore;
  let subject: BackupSubject;
  let good = '';
  let run = 0;

  beforeAll(async () => {
    store = await TestStore.create('1Gi');
    subject = await BackupSubject.source(profile, store);
    await subject.apply();
    await subject.untilReady();
    await subject.record();
    await subject.do(profile.fill);
    await subject.do(profile.grow, profile.enough);
    succeeded(await subject.backup());
    good = await store.objects();
  });
  afterAll(async () => { await Promise.all([subject.namespace.remove(), store.namespace.remove()]); });

  const start = async (change: (job: JobSpec) => void = () => undefined): Promise<string> => {
    run += 1;
    await beginChanged(subject.kubectl, SCHEDULE, `failing-${run}`, change);
    return `failing-${run}`;
  };
  const ended = (name: string): Promise<JobEnd> => end(subject.kubectl, name, Duration.minutes(6));
  /** A failed Job that says why, and the good backups byte for byte. */
  const expectFailure = async (result: JobEnd, why: RegExp): Promise<void> => {
    expect(result).toMatchObject({ succeeded: false, message: expect.stringMatching(why) as unknown });
    expect(visible(await store.objects())).toBe(visible(good));
  };
  /** Begins a run, and gives a signal to the tool that dumps as soon as it is there. Returns the run's name. */
  const inDump = async (kind: string): Promise<string> => {
    const name = await start(waitsBefore);
    const pod = await eventually('the container of the dump', { within: Duration.minutes(2) }, async () => {
      const each = await subject.podOf(name);
      return (await subject.runs(each, 'dump')) ? each : undefined;
    });
    await signalSoon({ kubectl: subject.kubectl, pod, container: 'dump' }, profile.dumpProcess, kind, Duration.minutes(1));
    return name;
  };
  const uploading = async (): Promise<string> => {
    const pod = await eventually('the upload', { within: Duration.minutes(3) }, async () => {
      const name = await subject.podOf(`failing-${run}`);
      return (await subject.runs(name, 'publish')) ? name : undefined;
    });
    await sleep(Duration.seconds(3));
    return pod;
  };

  test('a wrong password', async () => {
    await subject.login('wrong');
    await expectFailure(await ended(await start()), /FAILED: /);
    await subject.login();
  });

  test('a server that is not there', async () => {
    await subject.kubectl.run(['scale', 'statefulset', 'orders', '--replicas=0']);
    await subject.kubectl.wait(`pod/${subject.pod}`, 'delete', Duration.minutes(6));
    await expectFailure(await ended(await start()), /FAILED: /);
    await subject.kubectl.run(['scale', 'statefulset', 'orders', '--replicas=1']);
    await subject.untilReady();
  });

  test('the server is killed in the middle of the dump', async () => {
    const name = await inDump('STOP');
    await signal({ kubectl: subject.kubectl, pod: subject.pod, container: subject.container }, profile.process, 'KILL');
    await signal({ kubectl: subject.kubectl, pod: await subject.podOf(name), container: 'dump' }, profile.dumpProcess, 'CONT');
    await expectFailure(await ended(name), /FAILED: /);
    await sleep(Duration.seconds(3));
    await subject.untilReady();
  });

  test('the dump is killed', async () => {
    await expectFailure(await ended(await inDump('KILL')), /FAILED: /);
  });

  test('no room for the dump', async () => {
    const storageClassName = StorageClassRef.named(process.env.TEST_SCRATCH_CLASS ?? 'standard').storageClassName;
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '64Mi' } }, storageClassName };
    const name = await start(({ template }) => {
      const work = template.spec.volumes.find(volume => volume.name === 'work') as { [key: string]: unknown };
      delete work.emptyDir;
      work.ephemeral = { volumeClaimTemplate: { spec: claim } };
    });
    await expectFailure(await ended(name), /FAILED: /);
  });

  test('no room at the destination', async () => {
    await store.shell('dd if=/dev/zero of=/data/filler bs=1M 2>/dev/null || :');
    const result = await ended(await start());
    await store.shell('rm /data/filler');
    await expectFailure(result, /FAILED: the upload failed|FAILED: the destination/);
  });

  test('the connection to the destination is cut at half', async () => {
    await store.become({ bandwidth: '2M' });
    const name = await start();
    await uploading();
    await store.namespace.kubectl.run(['delete', 'pod', 's3', '--grace-period=0', '--force']);
    const result = await ended(name);
    await store.become({});
    await expectFailure(result, /FAILED: the upload failed/);
  });

  if (profile.forbid.length > 0) {
    test('something that may not be read', async () => {
      await subject.do(profile.forbid);
      const result = await ended(await start());
      await subject.do(profile.allow);
      await expectFailure(result, /FAILED: /);
    });
  }

  test('a file that is cut off after the dump', async () => {
    await store.become({ bandwidth: '2M' });
    const name = await start();
    const pod = await uploading();
    await subject.kubectl.exec(pod, 'publish', ['sh', '-c', 'for file in /scratch/data/*; do truncate -s -64 "$file"; done']);
    await store.become({});
    await expectFailure(await ended(name), /FAILED: the (upload failed|destination does not hold what was uploaded)/);
  });

  test('tools of another version', async () => {
    const name = await start(({ template }) => {
      const dump = template.spec.initContainers.find(container => container.name === 'dump') as { [key: string]: unknown };
      dump.image = profile.otherImage;
    });
    await expectFailure(await ended(name), /FAILED: /);
  });

  test('the deadline', async () => {
    await store.become({ bandwidth: '500k' });
    const name = await start(job => { job.activeDeadlineSeconds = 25; });
    const result = await ended(name);
    await store.become({});
    await expectFailure(result, /DeadlineExceeded|longer than specified deadline/i);
  });

  test('failing again and again leaves the good ones byte for byte', async () => {
    await subject.login('wrong');
    const before = await store.objects();
    const summary = await playRounds({ name: 'failing backup', measure: 'Job created to failed', aim: 'the good backups are unchanged', rounds: 30 }, async () => {
      const { seconds, ...run } = await ended(await start());
      expect(run.succeeded).toBe(false);
      expect(await store.objects()).toBe(before);
      return { seconds };
    });
    await subject.login();
    expect(summary.failures).toBe(0);
  });

  test('a database that is suddenly empty', async () => {
    await subject.do(profile.empty);
    await expectFailure(await ended(await start()), /FAILED: the database is empty, and had \d+ tables or keys at the last backup/);
  });

  test('and then a good run gives a good backup', async () => {
    await subject.do(profile.fill);
    succeeded(await subject.backup());
    expect(await store.backups(subject.folder)).toHaveLength(2);
  });
}

/** The manifests, and the files that they name: what is left of a failed upload is no backup. */
function visible(objects: string): string {
  const lines = objects.split('\n');
  const ids = lines.flatMap(line => /manifests\/(\S+)\.json$/.exec(line)?.[1] ?? []);
  return lines.filter(line => ids.some(id => line.includes(id))).join('\n');
}
