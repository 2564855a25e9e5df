import type { AccessRule } from './access-rule';
import type { Collation } from './collation';

/** A database within the server. It is made if it is missing, and never dropped. */
export interface PostgresDatabase {
  /** Its name, at most 63 bytes. */
  readonly name: string;
  /**
   * The role that owns it. A role that is not declared is made, with a login.
   *
   * @default - a role of the same name
   */
  readonly owner?: string;
  /**
   * Roles that may connect to it, beside its owner and the roles that are members of it. Nobody else may, once the library made it.
   *
   * @default - none
   */
  readonly connect?: string[];
  /**
   * The extensions that are made in it. Those that need a preloaded library get it.
   *
   * @default - none
   */
  readonly extensions?: string[];
}

/** A role. It is made if it is missing, its attributes are kept, and it is never dropped. It is never a superuser. */
export interface PostgresRole {
  /** Its name, at most 63 bytes. */
  readonly name: string;
  /**
   * The key of its password in the credentials Secret.
   *
   * @default - `password` for the owner of the first database, `<name>-password` for others, none without login
   */
  readonly passwordKey?: string;
  /**
   * Whether it may connect.
   *
   * @default true
   */
  readonly login?: boolean;
  /**
   * Whether it may make databases.
   *
   * @default false
   */
  readonly createDatabase?: boolean;
  /**
   * Whether it may make other roles.
   *
   * @default false
   */
  readonly createRole?: boolean;
  /**
   * The roles whose rights it has. Memberships are granted, and never revoked.
   *
   * @default - none
   */
  readonly memberOf?: string[];
  /**
   * The most connections it may have; -1 is no limit.
   *
   * @default -1
   */
  readonly connectionLimit?: number;
}

/** What only PostgreSQL has. */
export interface PostgresOptions {
  /**
   * The databases that are to be there; the first one is the application's.
   *
   * @default - one named `app`, owned by the role `app`
   */
  readonly databases?: PostgresDatabase[];
  /**
   * The roles that are to be there, beside the owners of the databases.
   *
   * @default - the owners of the databases alone
   */
  readonly roles?: PostgresRole[];
  /**
   * Who may connect to which database from where, first match first (pg_hba.conf).
   *
   * @default - every role but the superuser, to every database, with its password
   */
  readonly accessRules?: AccessRule[];
  /**
   * How text is sorted. It counts when the database is made, and never again.
   *
   * @default Collation.codePoint()
   */
  readonly collation?: Collation;
  /**
   * The superuser, who can only connect from within the pod. For data that was made with another one.
   *
   * @default 'postgres'
   */
  readonly superuser?: string;
  /**
   * The folder of the data below the volume's root. For data that was made with another one.
   *
   * @default - `<major>/docker`
   */
  readonly dataFolder?: string;
}
