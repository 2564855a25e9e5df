import { Problem, quote } from '../core/problems';
import { checkLine, checkObjectName } from '../core/strings';
import { checkPrefix } from './s3';

/** Options of `BackupDestination.gcs`. */
export interface GcsBackupOptions {
  /** The bucket, which has to exist. */
  readonly bucket: string;
  /**
   * A folder in it.
   *
   * @default - the bucket's root
   */
  readonly prefix?: string;
  /**
   * A Secret in the database's namespace with the key file of a service account in `service-account.json`.
   *
   * @default - the identity of the pod's ServiceAccount (`serviceAccountAnnotations`)
   */
  readonly credentialsSecret?: string;
}

/** Options of `BackupDestination.azureBlob`. */
export interface AzureBackupOptions {
  /** The storage account. */
  readonly account: string;
  /** The container, which has to exist. */
  readonly container: string;
  /**
   * A folder in it.
   *
   * @default - the container's root
   */
  readonly prefix?: string;
  /** A Secret in the database's namespace with the account's key in `key`. */
  readonly credentialsSecret: string;
}

/** Options of `BackupDestination.sftp`. */
export interface SftpBackupOptions {
  /** The host. */
  readonly host: string;
  /**
   * The TCP port.
   *
   * @default 22
   */
  readonly port?: number;
  /** The user. */
  readonly user: string;
  /** The folder on the host, from the root or from the user's own. */
  readonly path: string;
  /** A Secret in the database's namespace with the private key, without a passphrase, in `ssh-privatekey`, and the host's keys in `known_hosts`. */
  readonly credentialsSecret: string;
}

/** rclone's configuration (https://rclone.org/googlecloudstorage/); `file` gives the path of a key of the Secret. */
export function gcsLines({ credentialsSecret }: GcsBackupOptions, file: (key: string) => string): string[] {
  return ['type = google cloud storage', 'bucket_policy_only = true', 'no_check_bucket = true',
    credentialsSecret === undefined ? 'env_auth = true' : `service_account_file = ${file('service-account.json')}`];
}

/** rclone's configuration (https://rclone.org/azureblob/). */
export function azureLines({ account }: AzureBackupOptions): string[] {
  return ['type = azureblob', `account = ${account}`, 'no_check_container = true'];
}

/** rclone's configuration (https://rclone.org/sftp/). A host whose key is not known is not talked to. */
export function sftpLines({ host, port = 22, user }: SftpBackupOptions, file: (key: string) => string): string[] {
  return ['type = sftp', `host = ${host}`, `port = ${port}`, `user = ${user}`, `key_file = ${file('ssh-privatekey')}`, `known_hosts_file = ${file('known_hosts')}`,
    'shell_type = none', 'disable_hashcheck = true'];
}

/** Everything that is wrong, from the options on. */
export function checkGcs({ bucket, credentialsSecret, prefix }: GcsBackupOptions): Problem[] {
  return [
    ...(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket) ? [] : [{ path: 'bucket', got: quote(bucket), want: 'the name of a bucket: lower-case letters, digits, "-", "_" and "."' }]),
    ...(prefix === undefined ? [] : checkPrefix('prefix', prefix)),
    ...(credentialsSecret === undefined ? [] : checkObjectName('credentialsSecret', credentialsSecret)),
  ];
}

/** Everything that is wrong, from the options on. */
export function checkAzure({ account, container, credentialsSecret, prefix }: AzureBackupOptions): Problem[] {
  return [
    ...(/^[a-z0-9]{3,24}$/.test(account) ? [] : [{ path: 'account', got: quote(account), want: 'a storage account: 3 to 24 lower-case letters and digits' }]),
    ...(/^[a-z0-9](?:-?[a-z0-9]){2,62}$/.test(container) ? [] : [{ path: 'container', got: quote(container), want: 'a container: 3 to 63 lower-case letters, digits and "-"' }]),
    ...(prefix === undefined ? [] : checkPrefix('prefix', prefix)),
    ...checkObjectName('credentialsSecret', credentialsSecret),
  ];
}

/** Everything that is wrong, from the options on. */
export function checkSftp({ credentialsSecret, host, path, port = 22, user }: SftpBackupOptions): Problem[] {
  return [
    ...(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/.test(host) ? checkLine('host', host) : [{ path: 'host', got: quote(host), want: 'a host name or an address' }]),
    ...(Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [{ path: 'port', got: `${port}`, want: 'a whole number from 1 to 65535' }]),
    ...checkLine('user', user),
    ...checkPrefix('path', path.replace(/^\//, '')),
    ...checkObjectName('credentialsSecret', credentialsSecret),
  ];
}
