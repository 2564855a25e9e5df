import type { FetchPlan, IBackup } from '../core/fetch-plan';
import type { IEngine } from '../core/engine';
import type { ImageProps } from '../core/image-props';
import { refuse, under } from '../core/problems';
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
   * The image that a drill runs instead of the engine's own.
   *
   * @default - the engine's own
   */
  readonly image?: ImageProps;
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

  public readonly engine: IEngine;
  public readonly image: ImageProps;
  private readonly spec: TransferSpec;

  private constructor(options: BackupStoreOptions) {
    this.engine = options.engine;
    this.image = options.image ?? {};
    const { destination, encryption, folder, transferImage } = options;
    this.spec = { destination, encryption, folder, image: transferImage ?? TRANSFER_IMAGE };
  }

  public fetchPlan(target: RecoveryTarget): FetchPlan { return fetchPlan(this.spec, this.engine, target); }
}

/** The init container that puts one of the backups onto an empty volume. */
export function fetchPlan(spec: TransferSpec, engine: IEngine, target: RecoveryTarget): FetchPlan {
  const plan = transferPlan(spec);
  return {
    ...plan,
    environment: { ...plan.environment, BACKUP: target.expression, ENGINE: engine.name },
    scripts: only(plan.scripts, 'destination.sh', 'fetch.sh', 'store.sh'),
  };
}
