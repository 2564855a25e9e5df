import type { MySqlDatabase, MySqlUser } from '../mysql';

/** How users prove that they know their password. */
export enum MariaDbAuthentication {
  /** What every driver can do, and what the server has by default. It rests on SHA-1: who reads the server's files can log in with what they hold. */
  NATIVE = 'mysql_native_password',
  /** An elliptic curve: what the server stores is of no use to anybody else. Not every driver can do it, PHP's mysqlnd for one. */
  ED25519 = 'ed25519',
}

/** What only MariaDB has. */
export interface MariaDbOptions {
  /**
   * The databases that are to be there; the first one is the application's.
   *
   * @default - one named `app`, owned by the user `app`
   */
  readonly databases?: MySqlDatabase[];
  /**
   * The users that are to be there, beside the owners of the databases.
   *
   * @default - the owners of the databases alone
   */
  readonly users?: MySqlUser[];
  /**
   * How users prove that they know their password. A change is applied to all users while the server runs.
   *
   * @default MariaDbAuthentication.NATIVE
   */
  readonly authentication?: MariaDbAuthentication;
  /**
   * The folder of the data below the volume's root. For data that was made elsewhere: `mysql`, if that was the `subPath`.
   *
   * @default 'data'
   */
  readonly dataFolder?: string;
}
