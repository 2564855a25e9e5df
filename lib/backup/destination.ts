import { Problem } from '../core/problems';
import { checkObjectName } from '../core/strings';
import { checkPrefix, checkS3, S3BackupOptions, s3Lines, s3Port } from './s3';

/** Options of `BackupDestination.volume`. */
export interface VolumeBackupOptions {
  /** The claim, in the namespace of the database. */
  readonly claim: string;
  /**
   * A folder on it.
   *
   * @default - its root
   */
  readonly prefix?: string;
}

/**
 * Where backups are kept.
 *
 * Everything goes through rclone, which is one well-kept program for all of them.
 */
export class BackupDestination {
  /** A bucket of S3, or of anything that speaks its protocol. */
  public static s3(options: S3BackupOptions): BackupDestination {
    const keys: { [option: string]: string } = { access_key_id: 'access-key-id', secret_access_key: 'secret-access-key' };
    return new BackupDestination(s3Lines(options), [options.bucket, ...parts(options.prefix)].join('/'),
      options.credentialsSecret, options.credentialsSecret === undefined ? {} : keys, [s3Port(options)], options.caSecret, undefined, checkS3(options));
  }

  /**
   * A claim that exists, and that the backup's pod mounts. It has to be on another storage than the database's to be a backup of it.
   *
   * The pods of backups run as the server's user, and the claim's files belong to its group.
   */
  public static volume(options: VolumeBackupOptions): BackupDestination {
    return new BackupDestination(['type = local'], ['', 'backups', ...parts(options.prefix)].join('/'),
      undefined, {}, [], undefined, options.claim,
      [...checkObjectName('claim', options.claim), ...(options.prefix === undefined ? [] : checkPrefix('prefix', options.prefix))]);
  }

  private constructor(
    /** rclone's configuration, without passwords. */
    public readonly lines: string[],
    /** The place below which this library writes. */
    public readonly root: string,
    /** The Secret with the passwords; none where the pod's own identity is enough. */
    public readonly secretName: string | undefined,
    /** The options of rclone that come from that Secret, with their keys. */
    public readonly secretOptions: { [option: string]: string },
    /** The TCP ports that are talked to. */
    public readonly ports: number[],
    /** The Secret with the certificate of the authority, in `ca.crt`. */
    public readonly caSecret: string | undefined,
    /** The claim that the backups lie on. */
    public readonly claim: string | undefined,
    /** What is wrong with it. */
    public readonly problems: Problem[],
  ) {}
}

function parts(prefix: string | undefined): string[] {
  return prefix === undefined ? [] : [prefix];
}
