export { BackupNow } from './backup-now';
export { BackupSchedule } from './backup-schedule';
export { BackupStore, BackupStoreOptions } from './backup-store';
export { BackupDestination, VolumeBackupOptions } from './destination';
export { BackupEncryption } from './encryption';
export { BackupMethod } from './method';
export { BackupProps, BackupScheduleProps, BackupUser, ScratchProps } from './props';
export { Retention, RetentionTiers } from './retention';
export { S3BackupOptions, S3Encryption } from './s3';
