import { Problem, quote } from '../core/problems';
import { checkLine, checkObjectName } from '../core/strings';

/** How a bucket encrypts what it keeps. */
export class S3Encryption {
  /** With keys that the store holds (SSE-S3). */
  public static managed(): S3Encryption { return new S3Encryption('AES256', undefined); }

  /** With a key of a key management service (SSE-KMS). */
  public static kms(keyId: string): S3Encryption { return new S3Encryption('aws:kms', keyId); }

  private constructor(
    /** As the protocol calls it. */
    public readonly algorithm: string,
    /** The key's id. */
    public readonly keyId: string | undefined,
  ) {}
}

/** Options of `BackupDestination.s3`. */
export interface S3BackupOptions {
  /** The bucket, which has to exist. */
  readonly bucket: string;
  /**
   * A folder in it.
   *
   * @default - the bucket's root
   */
  readonly prefix?: string;
  /**
   * The address of a store that is not Amazon's: `https://s3.example.com`.
   *
   * @default - Amazon's, of the region
   */
  readonly endpoint?: string;
  /**
   * The region.
   *
   * @default - by the store
   */
  readonly region?: string;
  /**
   * Whether the bucket is part of the path, and not of the host's name.
   *
   * @default - true with an `endpoint`, else false
   */
  readonly pathStyle?: boolean;
  /**
   * A Secret in the database's namespace with the keys `access-key-id` and `secret-access-key`.
   *
   * @default - the identity of the pod's ServiceAccount (`serviceAccountAnnotations`)
   */
  readonly credentialsSecret?: string;
  /**
   * How the bucket encrypts.
   *
   * @default - as the bucket is set up
   */
  readonly serverSideEncryption?: S3Encryption;
  /**
   * A Secret with the certificate of the store's authority in `ca.crt`.
   *
   * @default - the authorities that the image knows
   */
  readonly caSecret?: string;
}

/** rclone's configuration (https://rclone.org/s3/). A bucket that is missing is an error and is never made. */
export function s3Lines(options: S3BackupOptions): string[] {
  const { credentialsSecret, endpoint, pathStyle, region, serverSideEncryption: encryption } = options;
  return [
    'type = s3',
    `provider = ${endpoint === undefined ? 'AWS' : 'Other'}`,
    `env_auth = ${credentialsSecret === undefined}`,
    ...(endpoint === undefined ? [] : [`endpoint = ${endpoint}`]),
    ...(region === undefined ? [] : [`region = ${region}`]),
    `force_path_style = ${pathStyle ?? endpoint !== undefined}`,
    'no_check_bucket = true',
    ...(encryption === undefined ? [] : [`server_side_encryption = ${encryption.algorithm}`]),
    ...(encryption?.keyId === undefined ? [] : [`sse_kms_key_id = ${encryption.keyId}`]),
  ];
}

/** The port of the endpoint. */
export function s3Port({ endpoint }: S3BackupOptions): number {
  const [, scheme, port] = ENDPOINT.exec(endpoint ?? 'https://s3.amazonaws.com') ?? [];
  return port === undefined ? (scheme === 'http' ? 80 : 443) : Number(port);
}

const ENDPOINT = /^(https?):\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::([1-9]\d{0,4}))?$/;

/** Everything that is wrong, from the options on. */
export function checkS3(options: S3BackupOptions): Problem[] {
  const { bucket, caSecret, credentialsSecret, endpoint, prefix, region, serverSideEncryption } = options;
  return [
    ...(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ? [] : [{ path: 'bucket', got: quote(bucket), want: 'the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."' }]),
    ...(prefix === undefined ? [] : checkPrefix('prefix', prefix)),
    ...(endpoint === undefined || (ENDPOINT.test(endpoint) && s3Port(options) < 65536) ? []
      : [{ path: 'endpoint', got: quote(endpoint), want: 'an address such as "https://s3.example.com" or "http://minio.storage.svc:9000"' }]),
    ...(region === undefined || /^[a-z0-9-]{1,64}$/.test(region) ? [] : [{ path: 'region', got: quote(region), want: 'a region such as "eu-central-1"' }]),
    ...(credentialsSecret === undefined ? [] : checkObjectName('credentialsSecret', credentialsSecret)),
    ...(caSecret === undefined ? [] : checkObjectName('caSecret', caSecret)),
    ...(serverSideEncryption?.keyId === undefined ? [] : checkLine('serverSideEncryption.keyId', serverSideEncryption.keyId)),
  ];
}

/** A folder in a destination: no part of it leads anywhere else. */
export function checkPrefix(path: string, prefix: string): Problem[] {
  const valid = /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)*$/.test(prefix) && prefix.length <= 512;
  return valid ? [] : [{ path, got: quote(prefix), want: 'a folder such as "databases/eu": letters, digits, "-", "_", "." and "/" in between' }];
}
