import type { FetchPlan, IBackup } from '../core/fetch-plan';
import type { IEngine } from '../core/engine';
import { refuse } from '../core/problems';
import { under } from '../core/problems';
import type { RecoveryTarget } from '../core/recovery-target';
import type { BackupDestination } from './destination';
import { BackupEncryption, checkEncryption } from './encryption';
import { checkPrefix } from './s3';
import { only, transferPlan, TransferSpec, TRANSFER_IMAGE } from './transfer';

/** Options of `BackupStore.at`. */
export interface BackupStoreOptions {
  /** The engine whose backups they are. */
  readonly engine: IEngine;
  /** Where they are kept. */
  readonly destination: BackupDestination;
  /** The folder below the destination: `<namespace>/<name of the schedule>`, unless the schedule says otherwise. */
  readonly folder: string;
  /**
   * How they are encrypted.
   *
   * @default - they are not
   */
  readonly encryption?: BackupEncryption;
  /**
   * The image of rclone.
   *
   * @default - rclone's own, pinned
   */
  readonly transferImage?: string;
}

/** Backups that were made elsewhere: by another cluster, or by a schedule that is no longer declared. */
export class BackupStore implements IBackup {
  /** The backups in this place. Nothing but the destination and its credentials is needed to restore them. */
  public static at(options: BackupStoreOptions): BackupStore {
    refuse('BackupStore', [
      ...under('destination', options.destination.problems),
      ...checkPrefix('folder', options.folder),
      ...(options.encryption === undefined ? [] : checkEncryption('encryption', options.encryption)),
    ]);
    return new BackupStore(options);
  }

  public readonly format: string;
  private readonly spec: TransferSpec;

  private constructor(options: BackupStoreOptions) {
    this.format = options.engine.name;
    const { destination, encryption, folder, transferImage } = options;
    this.spec = { destination, encryption, folder, image: transferImage ?? TRANSFER_IMAGE };
  }

  public fetchPlan(target: RecoveryTarget): FetchPlan { return fetchPlan(this.spec, this.format, target); }
}

/** The init container that puts one of the backups onto an empty volume. */
export function fetchPlan(spec: TransferSpec, engine: string, target: RecoveryTarget): FetchPlan {
  const plan = transferPlan(spec);
  return {
    ...plan,
    environment: { ...plan.environment, BACKUP: target.expression, ENGINE: engine },
    scripts: only(plan.scripts, 'destination.sh', 'fetch.sh'),
  };
}
