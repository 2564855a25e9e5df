import { Duration } from 'cdk8s';
import { eventually, sleep } from '../harness/eventually';
import { processes, signal } from '../harness/node-agent';
import { playRounds } from '../harness/rounds';
import { sight, stopwatch, untilReady, untilReadyAgain } from '../harness/readiness';
import { findIn, objectsOf, Place } from '../single-instance/leaks';
import type { EngineClient } from './client';
import type { EngineProfile } from './profile';
import { rate, Subject, untilWriting, verdict } from './subject';

export { EngineProfile, imageOf } from './profile';

const KINDS = 'serviceaccount,configmap,networkpolicy,service,statefulset';

/** The checks that every engine goes through as a single instance, in a namespace that enforces the "restricted" standard. */
export function proveEngine(profile: EngineProfile): void {
  const readyWithin = profile.readyWithin ?? Duration.minutes(4);
  let subject: Subject;
  let client: EngineClient;

  beforeAll(async () => { subject = await Subject.prepare(profile); });
  afterAll(() => subject.namespace.remove());

  test('it is admitted under "restricted", and ready in time after the first apply', async () => {
    const aim = `max ≤ ${readyWithin.toSeconds()} s`;
    const summary = await playRounds({ name: 'first boot', measure: 'apply to ready', aim, rounds: 1 }, async () => ({
      seconds: await stopwatch(async () => {
        await subject.apply();
        await untilReady(subject.kubectl, subject.pod, readyWithin);
      }),
    }));
    await subject.record();
    expect(summary.max).toBeLessThanOrEqual(readyWithin.toSeconds());
  });

  test('the application writes and reads with its own credentials, from a pod that was let in', async () => {
    client = await subject.client();
    await client.write('greeting', 'hello');
    expect(await client.read('greeting')).toBe('hello');
  });

  const wrongPassword = profile.noPasswordBecause === undefined ? 'a wrong password is refused' : `no password is asked for: ${profile.noPasswordBecause}`;
  test(wrongPassword, async () => {
    const outcome = await client.writeWithWrongPassword('greeting', 'overwritten');
    if (profile.noPasswordBecause === undefined) { expect(outcome.code).not.toBe(0); }
    expect(await client.read('greeting')).toBe(profile.noPasswordBecause === undefined ? 'hello' : 'overwritten');
    await client.write('greeting', 'hello');
  });

  test('a pod that was let in reaches the ports that are for clients and no other, and one that was not reaches none', async () => {
    const stranger = await subject.client('stranger');
    const { members, primary } = subject.database;
    const ports = subject.ports();
    expect(ports.filter(({ forClients }) => forClients).map(({ port }) => port)).toContain(primary.port);
    for (const { forClients, port } of ports) {
      for (const host of [primary.host, members[0]?.host ?? '']) {
        expect({ host, port, reached: await client.reaches(host, port) }).toEqual({ host, port, reached: forClients });
        expect({ host, port, reached: await stranger.reaches(host, port) }).toEqual({ host, port, reached: false });
      }
    }
    await subject.kubectl.run(['delete', 'pod', 'stranger', '--wait=false']);
  });

  test('a second apply is not even a new version of any object, and restarts nothing', async () => {
    const state = async (): Promise<object> => ({
      versions: await subject.kubectl.run(['get', KINDS, '--output', 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}']),
      ...await sight(subject.kubectl, subject.pod, subject.container),
    });
    const before = await state();
    expect(await subject.apply()).toContain('statefulset');
    expect(await state()).toEqual(before);
  });

  test(`the server is killed (-9) under load, and ${profile.durability}`, async () => {
    await client.startLoad();
    await untilWriting(client, 0, Duration.minutes(1));
    const summary = await playRounds({ name: 'kill -9 under load', measure: 'kill to ready', aim: 'nothing acknowledged is lost', rounds: 5 }, async round => {
      if (round > 1) { await replacePod(subject, client, readyWithin); }
      await sleep(Duration.seconds(4));
      const before = await sight(subject.kubectl, subject.pod, subject.container);
      const writes = await rate(client);
      expect(writes).toBeGreaterThanOrEqual(profile.leastRate ?? 10);
      const since = await client.now();
      const seconds = await stopwatch(async () => {
        await signal({ kubectl: subject.kubectl, pod: subject.pod, container: subject.container }, profile.process, 'KILL');
        await untilReadyAgain(subject.kubectl, subject.pod, subject.container, before, readyWithin);
      });
      await untilWriting(client, await client.now(), Duration.minutes(1));
      const { acknowledged, duplicates, gap, lost } = await verdict(client, since);
      return { seconds, rate: writes, acknowledged, lost, duplicates, gap };
    });
    expect(summary).toMatchObject({ lost: 0, failures: 0 });
    expect(summary.acknowledged).toBeGreaterThan(0);
  });

  test('a deleted pod stops cleanly under load and within its time, and the next one has the same claim and all data', async () => {
    const claim = await subject.claimUid();
    const grace = Number(await subject.kubectl.run(['get', 'pod', subject.pod, '--output', 'jsonpath={.spec.terminationGracePeriodSeconds}']));
    const summary = await playRounds({ name: 'stop under load', measure: 'deletion to exit', aim: `clean, ≤ ${grace} s`, rounds: 3 }, async () => {
      const { seconds, ends, log } = await subject.stop();
      expect(log).toMatch(profile.cleanStop);
      expect(profile.exitCodes ?? [0]).toContain(ends[subject.container]?.exitCode);
      expect(Object.values(ends).map(({ exitCode }) => exitCode).filter(code => code === 137)).toEqual([]);
      await eventually('the next pod', { within: Duration.minutes(1) }, async () => (await subject.kubectl.try(['get', 'pod', subject.pod])).code === 0 || undefined);
      await untilReady(subject.kubectl, subject.pod, readyWithin);
      if (profile.recovery !== undefined) { expect(await subject.log()).not.toMatch(profile.recovery); }
      const since = await client.now();
      await untilWriting(client, since, Duration.minutes(1));
      const { acknowledged, duplicates, lost } = await verdict(client, since);
      return { seconds, acknowledged, lost, duplicates };
    });
    expect(summary).toMatchObject({ lost: 0, failures: 0 });
    expect(summary.max).toBeLessThanOrEqual(grace);
    expect(await client.read('greeting')).toBe('hello');
    expect(await subject.claimUid()).toBe(claim);
  });

  test('the password is in no manifest, object, event, process or log', async () => {
    const [seen] = await Promise.all([processes(subject.kubectl, subject.pod, Duration.seconds(12)), client.writeWithWrongPassword('greeting', 'x'), client.write('other', 'y')]);
    const names = ((await subject.status()).status.containerStatuses ?? []).map(({ name }) => name);
    const logs = await Promise.all(names.map(async name => ({ name: `log of ${name}`, text: await subject.kubectl.run(['logs', subject.pod, '--container', name]) })));
    const places: Place[] = [
      { name: 'manifests', text: subject.manifests }, ...await objectsOf(subject.kubectl), ...logs,
      ...seen.map(each => ({ name: `process ${each.name} of ${each.container}`, text: each.arguments + each.environment })),
    ];
    expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining([`process ${profile.process} of ${subject.container}`, `log of ${subject.container}`, `Pod ${subject.pod}`]));
    expect(findIn([{ name: 'secret', text: await subject.kubectl.run(['get', 'secret', 'orders-credentials', '--output', 'yaml']) }], subject.passwords)).toEqual(['secret']);
    expect(findIn(places, subject.passwords)).toEqual([]);
  });
}

// The kubelet makes a container that ends again and again wait longer each time, and forgets it only with the pod.
async function replacePod(subject: Subject, client: EngineClient, within: Duration): Promise<void> {
  const before = await sight(subject.kubectl, subject.pod, subject.container);
  await subject.kubectl.run(['delete', 'pod', subject.pod, '--wait=false']);
  await untilReadyAgain(subject.kubectl, subject.pod, subject.container, before, within);
  await untilWriting(client, await client.now(), Duration.minutes(1));
}
