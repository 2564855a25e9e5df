import type { Problem } from '../core/problems';
import { checkObjectName } from '../core/strings';
import { AzureBackupOptions, azureLines, checkAzure, checkGcs, checkSftp, GcsBackupOptions, gcsLines, SftpBackupOptions, sftpLines } from './clouds';
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

/** Where the Secret of a destination is mounted. */
export const DESTINATION_FOLDER = '/opt/stateful/destination';

/** A destination, as far as it is not like the others. */
interface DestinationParts {
  readonly lines: string[];
  readonly root: string;
  readonly problems: Problem[];
  readonly secretName?: string;
  readonly secretOptions?: { [option: string]: string };
  readonly secretFiles?: string[];
  readonly ports?: number[];
  readonly caSecret?: string;
  readonly claim?: string;
}

/**
 * Where backups are kept.
 *
 * Everything goes through rclone, which is one well-kept program for all of them.
 */
export class BackupDestination {
  /** A bucket of S3, or of anything that speaks its protocol. */
  public static s3(options: S3BackupOptions): BackupDestination {
    const { caSecret, credentialsSecret: secretName } = options;
    return new BackupDestination({
      lines: s3Lines(options), root: inFolder(options.bucket, options.prefix), problems: checkS3(options), secretName, caSecret, ports: [s3Port(options)],
      ...(secretName === undefined ? {} : { secretOptions: { access_key_id: 'access-key-id', secret_access_key: 'secret-access-key' } }),
    });
  }

  /** A bucket of Google Cloud Storage. */
  public static gcs(options: GcsBackupOptions): BackupDestination {
    const { credentialsSecret: secretName } = options;
    return new BackupDestination({
      lines: gcsLines(options, file), root: inFolder(options.bucket, options.prefix), problems: checkGcs(options), secretName, ports: [443],
      ...(secretName === undefined ? {} : { secretFiles: ['service-account.json'] }),
    });
  }

  /** A container of Azure Blob Storage. */
  public static azureBlob(options: AzureBackupOptions): BackupDestination {
    return new BackupDestination({
      lines: azureLines(options), root: inFolder(options.container, options.prefix), problems: checkAzure(options), secretName: options.credentialsSecret, secretOptions: { key: 'key' },
      ports: [443],
    });
  }

  /** A folder of a host that speaks SFTP. */
  public static sftp(options: SftpBackupOptions): BackupDestination {
    return new BackupDestination({
      lines: sftpLines(options, file), root: options.path, problems: checkSftp(options), secretName: options.credentialsSecret, secretFiles: ['known_hosts', 'ssh-privatekey'],
      ports: [options.port ?? 22],
    });
  }

  /**
   * A claim that exists, and that the backup's pod mounts. It has to be on another storage than the database's to be a backup of it.
   *
   * The pods of backups run as the server's user, and the claim's files belong to its group.
   */
  public static volume({ claim, prefix }: VolumeBackupOptions): BackupDestination {
    const problems = [...checkObjectName('claim', claim), ...(prefix === undefined ? [] : checkPrefix('prefix', prefix))];
    return new BackupDestination({ lines: ['type = local'], root: inFolder('/backups', prefix), problems, claim });
  }

  /** rclone's configuration, without passwords. */
  public readonly lines: string[];
  /** The place below which this library writes. */
  public readonly root: string;
  /** What is wrong with it. */
  public readonly problems: Problem[];
  /** The Secret with the passwords; none where the pod's own identity is enough. */
  public readonly secretName: string | undefined;
  /** The options of rclone that come from that Secret, with their keys. */
  public readonly secretOptions: { [option: string]: string };
  /** The keys of that Secret that rclone reads as files. */
  public readonly secretFiles: string[];
  /** The TCP ports that are talked to. */
  public readonly ports: number[];
  /** The Secret with the certificate of the authority, in `ca.crt`. */
  public readonly caSecret: string | undefined;
  /** The claim that the backups lie on. */
  public readonly claim: string | undefined;

  private constructor({ caSecret, claim, lines, ports = [], problems, root, secretFiles = [], secretName, secretOptions = {} }: DestinationParts) {
    this.lines = lines;
    this.root = root;
    this.problems = problems;
    this.secretName = secretName;
    this.secretOptions = secretOptions;
    this.secretFiles = secretFiles;
    this.ports = ports;
    this.caSecret = caSecret;
    this.claim = claim;
  }
}

function inFolder(root: string, prefix: string | undefined): string {
  return prefix === undefined ? root : `${root}/${prefix}`;
}

function file(key: string): string {
  return `${DESTINATION_FOLDER}/${key}`;
}
