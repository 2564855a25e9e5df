import { Problem } from '../core/problems';
import { checkObjectName, checkSecretKey } from '../core/strings';

/** How backups are encrypted before they leave the cluster, beside what the destination does. */
export class BackupEncryption {
  /**
   * With a passphrase, in the format of rclone's `crypt`, which rclone alone can read too.
   *
   * Whoever loses the passphrase has lost the backups: keep it where the cluster is not.
   */
  public static passphrase(secretName: string, key: string = 'passphrase'): BackupEncryption { return new BackupEncryption(secretName, key); }

  private constructor(
    /** The Secret with the passphrase. */
    public readonly secretName: string,
    /** Its key in the Secret. */
    public readonly key: string,
  ) {}
}

/** Refuses names that no Secret, and no key of one, can have. */
export function checkEncryption(path: string, encryption: BackupEncryption): Problem[] {
  return [...checkObjectName(`${path}.secretName`, encryption.secretName), ...checkSecretKey(`${path}.key`, encryption.key)];
}
