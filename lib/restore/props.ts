import type { Duration, Size } from 'cdk8s';
import type { ICpu } from '../core/cpu';
import type { IBackup } from '../core/fetch-plan';
import type { RecoveryTarget } from '../core/recovery-target';
import type { ScheduleProps } from '../core/schedule';
import type { IStorageClass } from '../storage/storage-class-ref';
import type { Assert } from './assert';

/** The volume of the restored copy, which goes with the run. */
export interface DrillVolumeProps {
  /**
   * Its size: room for the backup and for the database.
   *
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;
  /**
   * Takes an ephemeral claim of this class instead of the node's disk. Its volumes should be deleted with the claim (`reclaimPolicy: Delete`).
   *
   * @default - an emptyDir on the node's disk
   */
  readonly storageClass?: IStorageClass;
}

/** Properties of `RestoreDrill`. */
export interface RestoreDrillProps extends ScheduleProps {
  /**
   * The name of its objects: at most 52 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** The backups: a `BackupSchedule` of the same namespace, or a `BackupStore` whose Secrets are there. */
  readonly backup: IBackup;
  /**
   * Which of them is restored.
   *
   * @default RecoveryTarget.latest()
   */
  readonly at?: RecoveryTarget;
  /**
   * What has to be true of the restored database, beside what its manifest says.
   *
   * @default - nothing more
   */
  readonly assertions?: Assert[];
  /**
   * How old the backup may be, in whole seconds; an older one fails the drill. `Duration.seconds(0)` allows any age.
   *
   * @default Duration.days(2)
   */
  readonly maxAge?: Duration;
  /**
   * The memory of the restored server.
   *
   * @default - by the engine
   */
  readonly memory?: Size;
  /**
   * Its processor request.
   *
   * @default - by the engine
   */
  readonly cpu?: ICpu;
  /**
   * Where the copy lies.
   *
   * @default - 10 GiB of the node's disk
   */
  readonly volume?: DrillVolumeProps;
  /**
   * Settings of the restored server, by their own names.
   *
   * @default - only what is derived
   */
  readonly settings?: { [name: string]: string };
  /**
   * How long a run may take before it is stopped, in whole seconds, at least a minute.
   *
   * @default Duration.hours(6)
   */
  readonly timeout?: Duration;
}
