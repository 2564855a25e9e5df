export { Assert } from './assert';
export { DrillVolumeProps, RestoreDrillProps } from './props';
export { RestoreDrill } from './restore-drill';
export { SnapshotRestore, SnapshotRestoreProps } from './snapshot-restore';
