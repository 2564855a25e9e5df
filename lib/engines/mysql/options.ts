/** A database within the server. It is made if it is missing, with the server's character set, and never dropped. */
export interface MySqlDatabase {
  /** Its name, at most 64 characters: letters, digits, "_", "-" and "$". */
  readonly name: string;
  /**
   * The user that has all rights in it. A user that is not declared is made.
   *
   * @default - a user of the same name
   */
  readonly owner?: string;
  /**
   * Users that may read it. Rights are granted, and never revoked.
   *
   * @default - none
   */
  readonly readers?: string[];
}

/** A user, from any host that the network policy lets in. It is made if it is missing, and never dropped. It has no rights on the server itself. */
export interface MySqlUser {
  /** Its name, at most 32 characters: letters, digits, "_", "-" and "$". */
  readonly name: string;
  /**
   * The key of its password in the credentials Secret.
   *
   * @default - `password` for the owner of the first database, `<name>-password` for others
   */
  readonly passwordKey?: string;
  /**
   * The most connections it may have; 0 is no limit.
   *
   * @default 0
   */
  readonly connectionLimit?: number;
}

/** What MySQL and MariaDB have in common. */
export interface MySqlOptions {
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
   * The folder of the data below the volume's root. For data that was made elsewhere: `mysql`, if that was the `subPath`.
   *
   * @default 'data'
   */
  readonly dataFolder?: string;
}
