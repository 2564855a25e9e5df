/** A user of the server, by an access control list. It can log in with its password, and is never the administrator. */
export interface ValkeyUser {
  /** Its name: letters, digits, `_`, `-` and `.`, at most 64. */
  readonly name: string;
  /**
   * The key of its password in the credentials Secret.
   *
   * @default - `password` for the first user, `<name>-password` for others
   */
  readonly passwordKey?: string;
  /**
   * Patterns of the keys that it may read and write, such as `cart:*`.
   *
   * @default - every key
   */
  readonly keys?: string[];
  /**
   * Patterns of the channels that it may publish and subscribe to.
   *
   * @default - every channel
   */
  readonly channels?: string[];
  /**
   * Rules for commands, in the order in which they count: `+@read`, `-keys`.
   *
   * @default - every command but the administrator's and the dangerous ones, such as `CONFIG`, `FLUSHALL` and `SHUTDOWN`; `INFO`, `KEYS` and `SORT` are allowed
   */
  readonly commands?: string[];
}

/** What only Valkey, and the servers that are like it, have. */
export interface ValkeyOptions {
  /**
   * The users; the first one is the application's. Changes take effect without a restart. Nobody can come in without a password.
   *
   * @default - one named `app`
   */
  readonly users?: ValkeyUser[];
  /**
   * The name of a user that may read out all data for backups, and do nothing else (`+sync +replconf`). Its password is `<name>-password`
   * in the credentials Secret; it takes effect without a restart. Without it the server refuses every backup.
   *
   * @default - nobody
   */
  readonly backupUser?: string;
}
