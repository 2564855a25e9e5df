import { ApiObject, Chart, JsonPatch, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DataSource } from '../core/data-source';
import { propsOf } from '../core/manifest';
import { Problem, quote, refuse } from '../core/problems';
import { bytes } from '../core/quantity';
import { reserve } from '../core/reservations';
import { checkLine, checkObjectName } from '../core/strings';
import { contentName, KnownSnapshot, volumeSnapshot, volumeSnapshotContent } from '../storage/snapshot';

/** Properties of `SnapshotRestore`. */
export interface SnapshotRestoreProps {
  /** The name of the VolumeSnapshot: one that exists in the namespace, or with `handle` the one that is rendered. */
  readonly snapshot: string;
  /** The size of the volume that it was taken of. The new volume has to have at least that. */
  readonly size: Size;
  /**
   * What the storage system calls the snapshot: `status.snapshotHandle` of its VolumeSnapshotContent.
   *
   * For a snapshot that was taken in another namespace or cluster, of the same storage system.
   *
   * @default - the VolumeSnapshot exists in the namespace
   */
  readonly handle?: string;
  /**
   * The CSI driver that took the snapshot: `spec.driver` of its VolumeSnapshotContent. Needed with `handle`.
   *
   * @default - none
   */
  readonly driver?: string;
}

/**
 * A snapshot of a volume, from which new databases are made.
 *
 * Of a snapshot that exists in the namespace nothing is rendered. By its `handle`, one of another namespace or cluster gets a VolumeSnapshot
 * here, and a VolumeSnapshotContent that leaves it where it is (`deletionPolicy: Retain`), whatever is deleted later.
 */
export class SnapshotRestore extends Construct {
  /** The name of the VolumeSnapshot. */
  public readonly snapshotName: string;
  private readonly namespace: string | undefined;
  private readonly size: Size;

  public constructor(scope: Construct, id: string, props: SnapshotRestoreProps) {
    super(scope, id);
    this.snapshotName = props.snapshot;
    this.namespace = Chart.of(this).namespace;
    this.size = props.size;
    const known = { name: props.snapshot, namespace: this.namespace ?? '', driver: props.driver ?? '', handle: props.handle ?? '' };
    const rendered = props.handle !== undefined || props.driver !== undefined;
    refuse(`SnapshotRestore ${quote(this.node.path)}`, [...checkRestore(props), ...(rendered ? [...checkKnown(known), ...this.reserveSnapshot()] : [])]);
    if (rendered) { this.addSnapshot(known); }
  }

  /** The data source of a new database without a log volume. With one, `DataSource.snapshot` takes the names of both snapshots. */
  public asDataSource(): DataSource {
    return DataSource.snapshot({ data: this.snapshotName, size: this.size, namespace: this.namespace });
  }

  private reserveSnapshot(): Problem[] {
    const problems = reserve(this, this.namespace, this.snapshotName, [`VolumeSnapshot/${this.snapshotName}`]);
    return problems.map(problem => ({ ...problem, path: 'snapshot' }));
  }

  private addSnapshot(known: KnownSnapshot): void {
    const content = new ApiObject(this, 'Content', propsOf(volumeSnapshotContent(known)));
    // It belongs to the cluster, whatever namespace its chart has.
    content.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    new ApiObject(this, 'Resource', propsOf(volumeSnapshot(known)));
  }
}

function checkRestore({ size, snapshot }: SnapshotRestoreProps): Problem[] {
  return [
    ...checkObjectName('snapshot', snapshot),
    ...(bytes(size) > 0 ? [] : [{ path: 'size', got: size.asString(), want: 'more than nothing' }]),
  ];
}

function checkKnown({ driver, handle, name, namespace }: KnownSnapshot): Problem[] {
  const none = { path: 'handle', got: 'a chart without a namespace', want: 'a chart with one: the content of a snapshot names the namespace that it is for' };
  const longest = contentName(namespace, name).length <= 253 ? [] : [{ path: 'snapshot', got: `${name.length} characters`, want: `at most ${252 - namespace.length} with this namespace` }];
  return [
    ...(handle === '' ? [{ path: 'handle', got: 'nothing', want: 'what the storage system calls the snapshot' }] : checkLine('handle', handle)),
    ...(driver === '' ? [{ path: 'driver', got: 'nothing', want: 'the CSI driver that took the snapshot' }] : checkObjectName('driver', driver)),
    ...(namespace === '' ? [none] : longest),
  ];
}
