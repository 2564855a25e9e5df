import { loadableFormats } from './backup-support';
import type { IEngine } from './engine';
import type { IBackup } from './fetch-plan';
import { Problem, quote } from './problems';
import { checkRecoveryTarget, RecoveryTarget } from './recovery-target';
import type { SnapshotNames } from './snapshot-names';
import { checkObjectName } from './strings';

/** The volumes of a database, by name. */
export interface VolumeNames {
  /** The data volume. */
  readonly data: string;
  /**
   * The volume of the write-ahead log.
   *
   * @default - the log is on the data volume
   */
  readonly wal?: string;
}

/** Options of `DataSource.backup`. */
export interface BackupSourceOptions {
  /**
   * Which backup.
   *
   * @default RecoveryTarget.latest()
   */
  readonly at?: RecoveryTarget;
}

/** Where the first byte of a database comes from. */
export class DataSource {
  /** A new, empty database, made at the first start and never again over existing data. */
  public static empty(): DataSource { return new DataSource(false); }

  /**
   * Claims that exist in the namespace, whatever their names are.
   *
   * The pod uses them as they are; no claim is rendered, and the server refuses to start if they hold no data.
   */
  public static existingClaims(claims: VolumeNames): DataSource { return new DataSource(true, claims); }

  /**
   * PersistentVolumes that lost their claim (`Released`), after a namespace or a cluster was deleted.
   *
   * Claims of the names that the StatefulSet looks for are rendered and bound to these volumes, and the server refuses to
   * start if they hold no data. A released volume still names its old claim: `db.adoptionCommands()` has what frees it. Once the
   * database runs, this can be taken out of the code again; the claims stay.
   */
  public static releasedVolumes(volumes: VolumeNames): DataSource { return new DataSource(true, undefined, volumes); }

  /**
   * A backup of a database of the same engine: a `BackupSchedule`, or a `BackupStore` where nothing else is left.
   *
   * The backup is loaded into a new database on an empty volume, before anybody can connect; a volume that holds anything
   * else is refused and left as it is. Roles come without their passwords, which are those of the new database. Once the database
   * runs, this can be taken out of the code again.
   */
  public static backup(backup: IBackup, options: BackupSourceOptions = {}): DataSource {
    return new DataSource(false, undefined, undefined, backup, options.at ?? RecoveryTarget.latest());
  }

  /**
   * VolumeSnapshots that exist in the namespace, of a database of the same engine.
   *
   * The claims of a new database are made from them, and its server does what it does after a crash: it recovers. It refuses to start on a
   * volume that holds no data, and without the snapshot the claim waits: an empty volume is never taken for a restored one. A database
   * that has claims already keeps them. The snapshots are part of the claim templates, which are immutable: to take this out
   * of the code again, run `db.growthCommands()` first.
   */
  public static snapshot(snapshots: SnapshotNames): DataSource {
    const { data, namespace, ofOneMoment, size, wal } = snapshots;
    return new DataSource(true, undefined, undefined, undefined, undefined, { data, namespace, ofOneMoment: ofOneMoment ?? false, size, wal });
  }

  private constructor(
    /** Whether an empty volume is refused at the start, instead of being initialised. */
    public readonly mustExist: boolean,
    /** Claims that exist already. */
    public readonly claims?: VolumeNames,
    /** Volumes without a claim. */
    public readonly volumes?: VolumeNames,
    /** Backups, of which one is loaded. */
    public readonly backups?: IBackup,
    /** Which one. */
    public readonly at: RecoveryTarget = RecoveryTarget.latest(),
    /** Snapshots of volumes. */
    public readonly snapshots?: SnapshotNames,
  ) {}
}

/** Refuses backups of another engine, or of one whose backups this library cannot load. */
export function checkBackupSource(path: string, source: DataSource, engine: IEngine): Problem[] {
  if (source.backups === undefined) { return []; }
  const formats = loadableFormats(engine.backupSupport);
  const [format = 'an engine without any'] = loadableFormats(source.backups.engine.backupSupport);
  const want = formats.length === 0 ? `another data source: ${engine.name} cannot begin with a backup of this library` : `backups of ${formats.join(', ')}`;
  return [
    ...(formats.includes(format) ? [] : [{ path, got: `backups of ${format}`, want }]),
    ...checkRecoveryTarget(`${path}.at`, source.at),
  ];
}

/** Refuses names that no volume can have, and a log that is on no volume, on two, or on that of the data. */
export function checkDataSource(path: string, source: DataSource, hasWal: boolean): Problem[] {
  const names = source.claims ?? source.volumes ?? source.snapshots;
  if (names === undefined) { return []; }
  const what = source.snapshots === undefined ? 'volume' : 'snapshot';
  const problems = [...checkObjectName(`${path}.data`, names.data), ...(names.wal === undefined ? [] : checkObjectName(`${path}.wal`, names.wal))];
  if (hasWal !== (names.wal !== undefined)) {
    problems.push({ path: `${path}.wal`, got: names.wal ?? 'nothing', want: hasWal ? `the ${what} of the write-ahead log` : 'nothing',
      remedy: `give \`storage.wal\` and the ${what} of the log together, or neither` });
  }
  if (names.wal === names.data) { problems.push({ path: `${path}.wal`, got: quote(names.data), want: `another ${what} than that of the data` }); }
  return problems;
}
