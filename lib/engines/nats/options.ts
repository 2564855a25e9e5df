/** Somebody who may connect, with a password. */
export interface NatsUser {
  /** The name, as clients give it. */
  readonly name: string;
  /**
   * The key of the password in the credentials Secret.
   *
   * @default - `password` for the first user, `<name>-password` for others
   */
  readonly passwordKey?: string;
  /**
   * The subjects that the user may publish to, wildcards included. JetStream is asked by subjects that begin with `$JS.`.
   *
   * @default - every subject
   */
  readonly publish?: string[];
  /**
   * The subjects that the user may subscribe to, wildcards included. Answers come to subjects that begin with `_INBOX.`.
   *
   * @default - every subject
   */
  readonly subscribe?: string[];
}

/** What only NATS has. */
export interface NatsOptions {
  /**
   * Who may connect; the first one is the application's. All of them share one account, and so the same streams.
   *
   * @default - one named `app`, without limits
   */
  readonly users?: NatsUser[];
}
