import { BackupKind } from '../core/backup-support';

/** How a backup is made. */
export class BackupMethod {
  /** With the engine's own tool for dumps, run from the server's own image: `pg_dump`, `mysqldump`, an RDB file. */
  public static logical(): BackupMethod { return new BackupMethod(BackupKind.LOGICAL); }

  private constructor(
    /** What is copied. */
    public readonly kind: BackupKind,
  ) {}
}
