import type { MongoDbRole } from './role';

/** A user. It is made if it is missing, its roles and password are kept, and it is never dropped. */
export interface MongoDbUser {
  /** Its name. */
  readonly name: string;
  /**
   * The database in which it logs in, which becomes the `authSource` of a connection.
   *
   * @default - a database of its own name
   */
  readonly database?: string;
  /**
   * The key of its password in the credentials Secret.
   *
   * @default - `password` for the first user, `<name>-password` for others
   */
  readonly passwordKey?: string;
  /**
   * What it may do. All that is not declared here is taken away.
   *
   * @default - reads and writes its own database
   */
  readonly roles?: MongoDbRole[];
}

/** What only MongoDB has. */
export interface MongoDbOptions {
  /**
   * The users that are to be there, beside the administrator; the first one is the application's. A database exists as soon
   * as something is written to it.
   *
   * @default - one named `app`, who reads and writes the database `app`
   */
  readonly users?: MongoDbUser[];
  /**
   * The administrator, who has the role `root`, and whose password has the key `admin-password`. For data that was made with
   * another one.
   *
   * @default 'admin'
   */
  readonly administrator?: string;
  /**
   * The folder of the data below the volume's root. For data that was made with another one.
   *
   * @default 'data'
   */
  readonly dataFolder?: string;
}
