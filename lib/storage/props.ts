import type { Size } from 'cdk8s';
import type { DataSource } from '../core/data-source';
import type { KubernetesVersion } from '../core/kubernetes-version';
import { Problem, under } from '../core/problems';
import { bytes } from '../core/quantity';
import { checkAnnotations, checkObjectName, StringMap } from '../core/strings';
import { AccessMode } from './access-mode';
import { OnDelete } from './on-delete';
import type { IStorageClass } from './storage-class-ref';

/** The volume of the write-ahead log. */
export interface WalProps {
  /** Its size, at least 1 GiB. */
  readonly size: Size;
  /**
   * Its class.
   *
   * @default - the class of the data volume
   */
  readonly storageClass?: IStorageClass;
}

/** Where the data lies. */
export interface StorageProps {
  /** The size of the data volume, at least 1 GiB. It can grow later, with `db.growthCommands()`; it never shrinks. */
  readonly size: Size;
  /**
   * The class of the volumes: a `DatabaseStorageClass`, or `StorageClassRef.named('…')`.
   *
   * Set it: the cluster's default class usually deletes a volume together with its claim.
   *
   * @default - the cluster's default class
   */
  readonly storageClass?: IStorageClass;
  /**
   * Puts the write-ahead log on a volume of its own.
   *
   * @default - the log is on the data volume
   */
  readonly wal?: WalProps;
  /**
   * What happens to the data when the database is deleted.
   *
   * @default OnDelete.KEEP_DATA
   */
  readonly onDelete?: OnDelete;
  /**
   * Who may mount the volumes.
   *
   * @default - AccessMode.READ_WRITE_ONCE_POD where the class is a DatabaseStorageClass with CSI volumes and `kubernetesVersion` is 1.29 or later, else READ_WRITE_ONCE
   */
  readonly accessMode?: AccessMode;
  /**
   * Annotations of the claims.
   *
   * They are part of the claim templates, which can't be changed later.
   *
   * @default - the GitOps guards alone
   */
  readonly annotations?: { [key: string]: string };
}

/** One volume of every member. */
export interface VolumeSpec {
  readonly size: Size;
  readonly storageClass: IStorageClass | undefined;
}

/** Where the data lies, with every default filled in. */
export interface StorageSpec {
  readonly data: VolumeSpec;
  readonly wal: VolumeSpec | undefined;
  readonly onDelete: OnDelete;
  readonly accessMode: AccessMode;
  readonly annotations: StringMap;
  readonly source: DataSource;
}

/** Fills in the defaults. */
export function resolveStorage(props: StorageProps, source: DataSource, kubernetes: KubernetesVersion): StorageSpec {
  const wal = props.wal;
  return {
    data: { size: props.size, storageClass: props.storageClass },
    wal: wal === undefined ? undefined : { size: wal.size, storageClass: wal.storageClass ?? props.storageClass },
    onDelete: props.onDelete ?? OnDelete.KEEP_DATA,
    accessMode: props.accessMode ?? defaultAccessMode(props, kubernetes),
    annotations: props.annotations ?? {},
    source,
  };
}

/** Refuses sizes that no server can start on, names that no class can have, and a loss that nobody accepted. */
export function checkStorage(spec: StorageSpec): Problem[] {
  const accepted = spec.onDelete.keepsData || spec.onDelete.accepted;
  return under('storage', [
    ...checkVolume('size', 'storageClass', spec.data),
    ...(spec.wal === undefined ? [] : checkVolume('wal.size', 'wal.storageClass', spec.wal)),
    ...(accepted ? [] : [{ path: 'onDelete', got: 'iAcceptDataLoss: false', want: 'iAcceptDataLoss: true',
      remedy: 'or OnDelete.KEEP_DATA, which keeps the claims' }]),
    ...checkAnnotations(spec.annotations, 'annotations'),
  ]);
}

function defaultAccessMode(props: StorageProps, kubernetes: KubernetesVersion): AccessMode {
  const classes = [props.storageClass, ...(props.wal?.storageClass === undefined ? [] : [props.wal.storageClass])];
  const csi = classes.every(each => each?.csi === true);
  return csi && kubernetes.atLeast(29) ? AccessMode.READ_WRITE_ONCE_POD : AccessMode.READ_WRITE_ONCE;
}

function checkVolume(sizePath: string, classPath: string, volume: VolumeSpec): Problem[] {
  const size = bytes(volume.size);
  return [
    ...(size >= 2 ** 30 ? [] : [{ path: sizePath, got: volume.size.asString(), want: 'at least 1Gi' }]),
    ...(size > 2 ** 50 ? [{ path: sizePath, got: volume.size.asString(), want: 'at most 1Pi' }] : []),
    ...(volume.storageClass === undefined ? [] : checkObjectName(classPath, volume.storageClass.storageClassName)),
  ];
}
