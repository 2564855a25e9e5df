import { Problem, quote } from './problems';
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

  private constructor(
    /** Whether an empty volume is refused at the start, instead of being initialised. */
    public readonly mustExist: boolean,
    /** Claims that exist already. */
    public readonly claims?: VolumeNames,
    /** Volumes without a claim. */
    public readonly volumes?: VolumeNames,
  ) {}
}

/** Refuses names that no volume can have, and a log that is on no volume, on two, or on that of the data. */
export function checkDataSource(path: string, source: DataSource, hasWal: boolean): Problem[] {
  const names = source.claims ?? source.volumes;
  if (names === undefined) { return []; }
  const problems = [...checkObjectName(`${path}.data`, names.data), ...(names.wal === undefined ? [] : checkObjectName(`${path}.wal`, names.wal))];
  if (hasWal !== (names.wal !== undefined)) {
    problems.push({ path: `${path}.wal`, got: names.wal ?? 'nothing', want: hasWal ? 'the volume of the write-ahead log' : 'nothing',
      remedy: 'give `storage.wal` and the volume of the log together, or neither' });
  }
  if (names.wal === names.data) { problems.push({ path: `${path}.wal`, got: quote(names.data), want: 'another volume than that of the data' }); }
  return problems;
}
