import type { Duration, Size } from 'cdk8s';
import type { IDatabase } from '../core/database';
import type { ScheduleProps } from '../core/schedule';
import type { IStorageClass } from '../storage/storage-class-ref';
import type { BackupDestination } from './destination';
import type { BackupEncryption } from './encryption';
import type { BackupMethod } from './method';
import type { Retention } from './retention';

/** Who reads the data out. */
export interface BackupUser {
  /** The role's name. */
  readonly name: string;
  /** The key of its password. */
  readonly passwordKey: string;
  /**
   * The Secret of its password.
   *
   * @default - the database's credentials
   */
  readonly secretName?: string;
}

/** Where the dump lies between the database and the destination. */
export interface ScratchProps {
  /**
   * How large the dump may become. A larger one fails, and leaves the backups that exist as they are.
   *
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;
  /**
   * Takes an ephemeral claim of this class instead of the node's disk. Its volumes should be deleted with the claim (`reclaimPolicy: Delete`),
   * or each run leaves one behind.
   *
   * @default - an emptyDir on the node's disk
   */
  readonly storageClass?: IStorageClass;
}

/** What one backup is, whenever it is made. */
export interface BackupProps {
  /**
   * The name of its objects and, with the namespace, of its folder in the destination: at most 52 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** The database, in the same namespace. */
  readonly database: IDatabase;
  /**
   * How the backup is made.
   *
   * @default BackupMethod.logical()
   */
  readonly method?: BackupMethod;
  /** Where backups are kept. */
  readonly destination: BackupDestination;
  /**
   * The folder below the destination, which belongs to this schedule alone.
   *
   * @default - `<namespace>/<name>`
   */
  readonly folder?: string;
  /**
   * How backups are encrypted before they leave the cluster.
   *
   * @default - not at all
   */
  readonly encryption?: BackupEncryption;
  /**
   * The role that reads the data out; the engine's README says what it may have to be granted.
   *
   * @default - the one that the engine was given for it, or else the application's (`database.connection`)
   */
  readonly user?: BackupUser;
  /**
   * Where the dump lies meanwhile.
   *
   * @default - 10 GiB of the node's disk
   */
  readonly scratch?: ScratchProps;
  /**
   * How long a run may take before it is stopped, in whole seconds, at least a minute.
   *
   * @default Duration.hours(6)
   */
  readonly timeout?: Duration;
  /**
   * How often a run that failed is tried again at once.
   *
   * @default 1
   */
  readonly retries?: number;
  /**
   * Takes an empty database for a good one, although the last backup had tables or keys.
   *
   * @default false
   */
  readonly acceptEmpty?: boolean;
  /**
   * Annotations of the ServiceAccount, by which clouds know the pod: `eks.amazonaws.com/role-arn`.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [key: string]: string };
  /**
   * The image of rclone.
   *
   * @default - rclone's own, pinned
   */
  readonly transferImage?: string;
}

/** Properties of `BackupSchedule`. */
export interface BackupScheduleProps extends BackupProps, ScheduleProps {
  /**
   * Which backups stay.
   *
   * @default Retention.tiers({ daily: 7, weekly: 4, monthly: 12 })
   */
  readonly retention?: Retention;
}
