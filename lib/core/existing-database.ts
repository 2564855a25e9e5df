import { Construct } from 'constructs';
import { checkClients, Client } from './client';
import type { Connection, CredentialsReference, IDatabase } from './database';
import { Endpoint, EndpointRole } from './endpoint';
import type { IEngine } from './engine';
import type { ImageProps } from './image-props';
import { Problem, quote, refuse } from './problems';
import { checkLabels, checkLine, checkObjectName, checkSecretKey } from './strings';

/** Properties of `ExistingDatabase`. */
export interface ExistingDatabaseProps {
  /** The server and its version, whose tools make the backups. */
  readonly engine: IEngine;
  /** The host: a Service, or a name outside the cluster. */
  readonly host: string;
  /** The TCP port. */
  readonly port: number;
  /**
   * The database within the server.
   *
   * @default - none: the server has no such thing, or all of them are meant
   */
  readonly database?: string;
  /** The role. */
  readonly username: string;
  /** The Secret with its password, in the namespace of the chart. */
  readonly secretName: string;
  /**
   * The key of the password in that Secret.
   *
   * @default 'password'
   */
  readonly passwordKey?: string;
  /**
   * Whether connections have to be encrypted.
   *
   * @default false
   */
  readonly tlsRequired?: boolean;
  /**
   * Which image has the tools, where it is not the engine's own.
   *
   * @default - the engine's own
   */
  readonly image?: ImageProps;
  /**
   * The labels of the server's pods, where they are pods of this namespace: nobody else is then talked to.
   *
   * @default - whoever answers at that port
   */
  readonly podLabels?: { [key: string]: string };
}

/** A database that this library did not make, so that it can be backed up and restored. Nothing of it is rendered. */
export class ExistingDatabase extends Construct implements IDatabase {
  public readonly databaseName: string;
  public readonly engine: IEngine;
  public readonly image: ImageProps;
  public readonly podLabels?: { [key: string]: string };
  public readonly primary: Endpoint;
  public readonly readers: Endpoint;
  public readonly members: Endpoint[];
  public readonly credentials: CredentialsReference;
  public readonly connection: Connection;

  public constructor(scope: Construct, id: string, props: ExistingDatabaseProps) {
    super(scope, id);
    refuse(`ExistingDatabase ${quote(this.node.path)}`, check(props));
    const { database = '', engine, host, image = {}, passwordKey = 'password', podLabels, port, secretName, tlsRequired = false, username } = props;
    this.databaseName = id;
    this.engine = engine;
    this.image = image;
    this.podLabels = podLabels;
    this.primary = { host, port, role: EndpointRole.PRIMARY };
    this.readers = this.primary;
    this.members = [this.primary];
    this.credentials = { secretName, passwordKeys: { [username]: passwordKey } };
    this.connection = { scheme: engine.name, host, port, database, username, secretName, passwordKey, tlsRequired };
  }

  /** Checks the clients, and changes nothing: who may connect is decided where the database was made. */
  public allowFrom(...clients: Client[]): void {
    refuse(`allowFrom of ExistingDatabase ${quote(this.node.path)}`, checkClients('clients', clients));
  }
}

function check({ database, host, passwordKey, podLabels, port, secretName, username }: ExistingDatabaseProps): Problem[] {
  return [
    ...(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/.test(host) ? checkLine('host', host) : [{ path: 'host', got: quote(host), want: 'a host name or an address' }]),
    ...(Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [{ path: 'port', got: `${port}`, want: 'a whole number from 1 to 65535' }]),
    ...(database === undefined ? [] : checkLine('database', database)),
    ...(username === '' ? [] : checkLine('username', username)),
    ...checkObjectName('secretName', secretName),
    ...(passwordKey === undefined ? [] : checkSecretKey('passwordKey', passwordKey)),
    ...(podLabels === undefined ? [] : checkLabels(podLabels, 'podLabels')),
  ];
}
