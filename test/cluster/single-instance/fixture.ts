import { App, Chart, Duration, Size } from 'cdk8s';
import { Client, Cpu, Postgres, SingleInstanceDb, SingleInstanceDbProps, StorageClassRef } from 'cdk8s-stateful';
import { ClientPod } from '../harness/client-pod';
import { recordServer } from '../harness/figures';
import { Kubectl } from '../harness/kubectl';
import { TestNamespace } from '../harness/namespace';
import { Pod, containerStatus, untilReady } from '../harness/readiness';
import { SETTINGS, newPassword } from '../harness/settings';

/** What a test sets differently. */
export type Changes = Partial<SingleInstanceDbProps>;

export const STATEFUL_SET = 'orders';
export const POD = 'orders-0';
export const CLAIM = 'data-orders-0';
export const SECRET = 'orders-credentials';
/** The server's container. */
export const SERVER = 'postgres';
/** The only client that is let in, by the value of its label `app`. */
export const ALLOWED = 'client';

/** The manifests of the database of the tests, as a user's program prints them. */
export function render(namespace: string, changes: Changes = {}): string {
  return declare(namespace, changes).manifests;
}

/** The same, with the construct, which has the commands of the operations. */
export function declare(namespace: string, changes: Changes = {}): { database: SingleInstanceDb; manifests: string } {
  const app = new App();
  const database = new SingleInstanceDb(new Chart(app, 'shop', { namespace }), 'orders', {
    engine: Postgres.v17(),
    image: SETTINGS.image,
    storage: { size: Size.gibibytes(5), storageClass: StorageClassRef.named(SETTINGS.storageClass) },
    resources: { memory: Size.gibibytes(1), cpu: Cpu.millis(250) },
    network: { allowFrom: [Client.pods({ app: ALLOWED })] },
    ...changes,
  });
  return { database, manifests: app.synthYaml() };
}

export interface ClientPlace { readonly notOn?: string }

export interface ClientChanges extends ClientPlace { readonly user?: string; readonly database?: string; readonly password?: string }

/** A database that was started in a namespace of its own. */
export class Orders {
  /** Applies Secret and manifests, and waits until the database is ready. */
  public static async start(purpose: string, changes: Changes = {}): Promise<Orders> {
    const orders = await Orders.prepare(purpose);
    await orders.apply(changes);
    await untilReady(orders.kubectl, POD, Duration.minutes(3));
    return orders;
  }

  /** Namespace and Secret alone. */
  public static async prepare(purpose: string, secrets: { [key: string]: string } = {}): Promise<Orders> {
    const namespace = await TestNamespace.create(purpose);
    const password = newPassword();
    await namespace.secret(SECRET, { password, ...secrets });
    return new Orders(namespace, password);
  }

  public readonly kubectl: Kubectl;

  private constructor(public readonly namespace: TestNamespace, public readonly password: string) {
    this.kubectl = namespace.kubectl;
  }

  public apply(changes: Changes = {}, ...flags: string[]): Promise<string> {
    return this.kubectl.apply(render(this.namespace.name, changes), ...flags);
  }

  /** A pod that connects as the application through the client Service, and notes in the report which server it found. */
  public async client(options: ClientPlace = {}): Promise<ClientPod> {
    const client = await this.clientOf(ALLOWED, options);
    const { image, imageID } = containerStatus(await this.pod(), SERVER);
    recordServer(`PostgreSQL ${await client.sql('SHOW server_version')}`, `${image} ${imageID}`);
    return client;
  }

  /** A pod with another name, or one that is another role or in another database. */
  public clientOf(name: string, options: ClientChanges = {}): Promise<ClientPod> {
    const connection = `host=${STATEFUL_SET} user=${options.user ?? 'app'} dbname=${options.database ?? 'app'}`;
    return ClientPod.start(this.kubectl, { name, password: options.password ?? this.password, connection, notOn: options.notOn });
  }

  public pod(): Promise<Pod> {
    return this.kubectl.json<Pod>(['get', 'pod', POD]);
  }

  /** The UID of the data claim, by which one claim is told from another of its name. */
  public claimUid(): Promise<string> {
    return this.kubectl.run(['get', 'persistentvolumeclaim', CLAIM, '--output', 'jsonpath={.metadata.uid}']);
  }

  /** Makes the namespace go with its volume. */
  public remove(): Promise<void> {
    return this.namespace.remove();
  }
}
