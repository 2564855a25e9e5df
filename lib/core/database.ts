import type { IConstruct } from 'constructs';
import type { Client } from './client';
import type { Endpoint } from './endpoint';
import type { IEngine } from './engine';
import type { ImageProps } from './image-props';

/** What an application needs to connect: names and places, never a secret value. */
export interface Connection {
  /** The scheme of a connection URI: `postgresql`. */
  readonly scheme: string;
  /** The host of the writable endpoint. */
  readonly host: string;
  /** The port of the writable endpoint. */
  readonly port: number;
  /** The application's database. */
  readonly database: string;
  /** The application's role. */
  readonly username: string;
  /** The Secret that holds the password. */
  readonly secretName: string;
  /** The key of the password in that Secret. */
  readonly passwordKey: string;
  /** Whether the server asks for TLS. */
  readonly tlsRequired: boolean;
}

/** Where the passwords are. */
export interface CredentialsReference {
  /** The name of the Secret, in the database's namespace. */
  readonly secretName: string;
  /** The key of each role's password in that Secret. */
  readonly passwordKeys: { readonly [role: string]: string };
}

/** A database, however it is made: what backups, monitoring and applications need of it. */
export interface IDatabase extends IConstruct {
  /** The name of the database and of its main objects. */
  readonly databaseName: string;
  /** The server and its version. */
  readonly engine: IEngine;
  /** Which image runs instead of the engine's own; its tools make the backups. */
  readonly image: ImageProps;
  /**
   * The labels of the members' pods, by which a network policy finds them.
   *
   * @default - they are no pods of this namespace
   */
  readonly podLabels?: { [key: string]: string };
  /** The writable endpoint. */
  readonly primary: Endpoint;
  /** The endpoint for reads. */
  readonly readers: Endpoint;
  /** Each member by itself. */
  readonly members: Endpoint[];
  /** Where the passwords are. */
  readonly credentials: CredentialsReference;
  /** What an application needs to connect. */
  readonly connection: Connection;
  /** Lets clients connect, besides those that the network props name. */
  allowFrom(...clients: Client[]): void;
}
