import type { Size } from 'cdk8s';

/**
 * How an engine reads its data out, as plain data: what the container runs that has `dump.sh`.
 *
 * `dump.sh` is sourced by `backup.sh` and finds, in every engine, the same variables: `DB_HOST`, `DB_PORT`, `DB_USER`, `DB_NAME`,
 * `PASSWORD_FILE` (empty where there is no password), `TLS` (`true` or `false`), `WORK` (the scratch volume) and `RUN_DIR` (a small
 * folder in memory, for files that hold a password).
 */
export interface DumpPlan {
  /** Whose backups can be loaded: the manifest of each names its engine, and only the same one takes it. */
  readonly format: string;
  /**
   * The role that reads the data out, where the application's own may not.
   *
   * @default - the application's
   */
  readonly login?: DumpLogin;
  /** The image, which is that of the server: its tools fit the server's version. */
  readonly image: string;
  /** The uid that the tools run as. */
  readonly user: number;
  /** The gid that the tools run as. */
  readonly group: number;
  /** What the scripts need beside the variables that all engines have; nothing secret. */
  readonly environment: { readonly [name: string]: string };
  /** `dump.sh`, `check.sh` and what they source, by name. */
  readonly scripts: { readonly [name: string]: string };
  /** The memory that the tools may use, request and limit. */
  readonly memory: Size;
  /** Their processor request in thousandths of a core. */
  readonly cpuMillis: number;
}

/** A role of the database that is there for backups. */
export interface DumpLogin {
  /** Its name. */
  readonly username: string;
  /** The key of its password in the credentials Secret of the database. */
  readonly passwordKey: string;
}
