import { App, Chart, Duration, Size } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Client, Cpu, SingleInstanceDb, StorageClassRef } from 'cdk8s-stateful';
import { eventually } from '../harness/eventually';
import { recordServer } from '../harness/figures';
import { Kubectl } from '../harness/kubectl';
import { TestNamespace } from '../harness/namespace';
import { Pod, Termination, containerStatus } from '../harness/readiness';
import { SETTINGS, newPassword } from '../harness/settings';
import { judge, parseAcknowledgements, rateBefore, Verdict } from '../harness/verdict';
import { EngineClient } from './client';
import type { ClientImage, EngineProfile } from './profile';
import { pullEverywhere } from './pull';

/** What is read of a rendered Service or StatefulSet. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly ports?: { readonly port: number }[];
    readonly template?: { readonly spec: { readonly containers: { readonly name: string; readonly ports?: { readonly containerPort: number }[] }[] } };
  };
}

const NAME = 'orders';
/** The only client that is let in, by the value of its label `app`. */
const ALLOWED = 'client';

/** One engine's database in a namespace of its own, and what is done to it. */
export class Subject {
  public static async prepare(profile: EngineProfile): Promise<Subject> {
    const { name } = profile.engine;
    const namespace = await TestNamespace.create(name);
    const keys = ['password', ...profile.secretKeys ?? []];
    const secrets = Object.fromEntries(keys.map(key => [key, newPassword()]));
    await namespace.secret(`${NAME}-credentials`, secrets);
    const subject = new Subject(profile, namespace, Object.values(secrets));
    await pullEverywhere(subject.kubectl, subject.ownImage());
    return subject;
  }

  public readonly kubectl: Kubectl;
  public readonly pod = `${NAME}-0`;
  public readonly container: string;
  public readonly database: SingleInstanceDb;
  public readonly manifests: string;

  private constructor(private readonly profile: EngineProfile, public readonly namespace: TestNamespace, public readonly passwords: string[]) {
    const app = new App();
    this.kubectl = namespace.kubectl;
    this.container = profile.engine.name;
    this.database = new SingleInstanceDb(new Chart(app, 'shop', { namespace: namespace.name }), NAME, {
      engine: profile.engine,
      image: profile.image,
      storage: { size: Size.gibibytes(2), storageClass: StorageClassRef.named(SETTINGS.storageClass) },
      resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) },
      network: { allowFrom: [Client.pods({ app: ALLOWED })] },
      ...profile.props,
    });
    this.manifests = app.synthYaml();
  }

  public apply(...flags: string[]): Promise<string> {
    return this.kubectl.apply(this.manifests, ...flags);
  }

  /** The client that is let in, or one that is not. */
  public client(name: string = ALLOWED): Promise<EngineClient> {
    const { client, engine } = this.profile;
    return EngineClient.start(this.kubectl, { name, engine: engine.name, connection: this.database.connection, ...(client ?? this.ownImage()) });
  }

  /** The server's image, with the user that the manifests run it as. */
  public ownImage(): ClientImage {
    const number = (name: string): number => Number(new RegExp(`${name}: (\\d+)`).exec(this.manifests)?.[1]);
    return { image: this.profile.image, user: number('runAsUser'), group: number('runAsGroup') };
  }

  /** Notes in the report which server this is. */
  public async record(): Promise<void> {
    const { image, imageID } = containerStatus(await this.status(), this.container);
    const printed = await this.kubectl.exec(this.pod, this.container, this.profile.version);
    recordServer(`${this.profile.engine.name}: ${printed.trim().split('\n')[0] ?? ''}`, `${image} ${imageID}`);
  }

  /** Every port of the server's container, and whether the Service of the clients has it. */
  public ports(): { port: number; forClients: boolean }[] {
    const objects = parseAllDocuments(this.manifests).map(document => document.toJS() as Rendered);
    const open = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === NAME)?.spec.ports ?? [];
    const server = objects.find(({ kind }) => kind === 'StatefulSet')?.spec.template?.spec.containers.find(({ name }) => name === this.container);
    return (server?.ports ?? []).map(({ containerPort }) => ({ port: containerPort, forClients: open.some(({ port }) => port === containerPort) }));
  }

  public status(): Promise<Pod> {
    return this.kubectl.json<Pod>(['get', 'pod', this.pod]);
  }

  public log(...flags: string[]): Promise<string> {
    return this.kubectl.run(['logs', this.pod, '--container', this.container, ...flags]);
  }

  /** The UID of the data claim, by which one claim is told from another of its name. */
  public claimUid(): Promise<string> {
    return this.kubectl.run(['get', 'persistentvolumeclaim', `data-${this.pod}`, '--output', 'jsonpath={.metadata.uid}']);
  }

  /** Deletes the pod and returns how its containers ended, what the server said, and in how many seconds. */
  public async stop(): Promise<{ ends: { [container: string]: Termination }; log: string; seconds: number }> {
    // Kept by a finalizer, the pod can be looked at when it has ended.
    await this.finalizers(['cdk8s-stateful.test/seen']);
    try {
      // The kubelet may remove the log with the container, so it is read while it is written.
      const log = this.kubectl.run(['logs', this.pod, '--container', this.container, '--follow'], { timeout: Duration.minutes(7) });
      const start = Date.now();
      await this.kubectl.run(['delete', 'pod', this.pod, '--wait=false']);
      const ends = await eventually('the end of all containers', { within: Duration.minutes(6), every: Duration.millis(200) }, async () => terminations(await this.status()));
      const seconds = (Date.now() - start) / 1000;
      return { ends, seconds, log: await log };
    } finally {
      await this.finalizers(null);
    }
  }

  private finalizers(value: string[] | null): Promise<string> {
    return this.kubectl.run(['patch', 'pod', this.pod, '--type=merge', '--patch', JSON.stringify({ metadata: { finalizers: value } })]);
  }
}

/** Waits for a write that was acknowledged after the given moment. */
export async function untilWriting(client: EngineClient, after: number, within: Duration): Promise<number> {
  try {
    return await eventually('an acknowledged write', { within }, async () =>
      parseAcknowledgements(await client.lastAcknowledged()).find(({ at }) => at > after)?.at);
  } catch (error) {
    throw new Error(`${String(error)}; the client says: ${await client.complaints()}`);
  }
}

/** Acknowledged writes a second, over the last three seconds. */
export async function rate(client: EngineClient): Promise<number> {
  const now = await client.now();
  const all = parseAcknowledgements(await client.acknowledged());
  return [0, 1, 2].reduce((sum, second) => sum + rateBefore(all, now - second), 0) / 3;
}

/** Compares what was acknowledged until now with what is stored. */
export async function verdict(client: EngineClient, since: number): Promise<Verdict> {
  const acknowledged = parseAcknowledgements(await client.acknowledged());
  return judge(acknowledged, await client.numbers(), since);
}

function terminations(pod: Pod): { [container: string]: Termination } | undefined {
  const all = (pod.status.containerStatuses ?? []).map(({ name, state }) => [name, state.terminated] as const);
  return all.every(([, end]) => end !== undefined) ? Object.fromEntries(all) as { [container: string]: Termination } : undefined;
}
