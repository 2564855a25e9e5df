import type { Size } from 'cdk8s';
import { BackupKind } from './backup-support';
import type { IEngine } from './engine';
import { Problem, quote } from './problems';

/** The VolumeSnapshots of a database, by name, and what is known of them. */
export interface SnapshotNames {
  /** The snapshot of the data volume. */
  readonly data: string;
  /**
   * The snapshot of the volume of the write-ahead log.
   *
   * @default - the log is on the data volume
   */
  readonly wal?: string;
  /**
   * Has to be `true` with a log on a volume of its own: both snapshots are members of one VolumeGroupSnapshot.
   *
   * Taken one after the other, the data may be newer than the log, or the log without its beginning, and no server can recover.
   *
   * @default false
   */
  readonly ofOneMoment?: boolean;
  /**
   * The size of the volume that `data` was taken of. A smaller data volume is refused.
   *
   * @default - it is not compared: a claim that is smaller than its snapshot stays pending
   */
  readonly size?: Size;
  /**
   * The namespace that they are in. A database of another one is refused: claims find snapshots of their own namespace alone.
   *
   * @default - it is not compared
   */
  readonly namespace?: string;
}

/** Refuses snapshots that no server recovers from: of an engine whose files need more than that, and of two moments. */
export function checkSnapshots(path: string, snapshots: SnapshotNames | undefined, engine: IEngine): Problem[] {
  if (snapshots === undefined) { return []; }
  const recovers = engine.backupSupport.tools.some(({ kind }) => kind === BackupKind.VOLUME_SNAPSHOT);
  const apart = snapshots.wal !== undefined && snapshots.ofOneMoment !== true;
  return [
    ...(recovers ? [] : [{ path, got: `the snapshot ${quote(snapshots.data)}`, want: `another data source: the snapshot of a volume is no backup of ${engine.name}` }]),
    ...(apart ? [{ path: `${path}.ofOneMoment`, got: 'false', want: 'true, and both snapshots from one VolumeGroupSnapshot',
      remedy: 'no server recovers from data and log of two moments' }] : []),
  ];
}

/** Refuses snapshots of another namespace, which no claim can name. */
export function checkSnapshotNamespace(path: string, snapshots: SnapshotNames | undefined, namespace: string | undefined): Problem[] {
  const own = snapshots?.namespace;
  if (own === undefined || own === namespace) { return []; }
  const place = namespace === undefined ? 'no namespace' : `namespace ${quote(namespace)}`;
  return [{ path, got: `a snapshot in namespace ${quote(own)}`, want: `one in ${place}`, remedy: 'a SnapshotRestore by `handle` brings a snapshot into another namespace' }];
}
