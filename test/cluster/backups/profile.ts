import { Duration } from 'cdk8s';
import type { BackupScheduleProps, BackupUser, IEngine, SingleInstanceDbProps } from 'cdk8s-stateful';

/** How much data, and how the report calls it: `1 GB in PostgreSQL`. */
export interface Amount {
  readonly amount: string;
  readonly amountIs: string;
}

/** What the shared suite of backups has to know of an engine. */
export interface BackupProfile {
  readonly engine: IEngine;
  /** The server's image, which the cluster has. */
  readonly image: string;
  /** Prints the server's version, run in its container. */
  readonly version: string[];
  /** Makes data of some thousand rows or keys, run in the server's container by its administrator. */
  readonly fill: string[];
  /** Makes about so much data as its first argument says, in mebibytes or thousands of keys, for the figures. */
  readonly grow: string[];
  /** How much of it makes a proof, and what that is, for the report. */
  readonly large: Amount;
  /** How much is enough where fewer rounds are played. */
  readonly small: Amount;
  /** Prints a checksum and a count for every table, or of all keys; the same for the same data. */
  readonly fingerprint: string[];
  /** Removes all data, run in the server's container. */
  readonly empty: string[];
  /** What the database is given beside the image. */
  readonly props?: Partial<SingleInstanceDbProps>;
  /** What the schedule is given. */
  readonly backup?: Partial<BackupScheduleProps>;
  /** Who reads the data out. @default as the library chooses */
  readonly backupLogin?: Partial<BackupUser>;
  /** Keys of the credentials Secret beside `password`. */
  readonly secretKeys?: string[];
  /** @default Duration.minutes(4) */
  readonly readyWithin?: Duration;
}
