/** A StorageClass, as far as a claim needs to know it. */
export interface IStorageClass {
  /** The name of the StorageClass. */
  readonly storageClassName: string;
  /** Whether its volumes are known to be CSI volumes, which can be mounted by one pod alone. */
  readonly csi: boolean;
  /** Whether its volumes are known not to grow. */
  readonly fixedSize: boolean;
}

/** Refers to a StorageClass that exists in the cluster. */
export class StorageClassRef implements IStorageClass {
  /** By its name. Nothing is assumed of its volumes, but that they are there. */
  public static named(name: string): StorageClassRef { return new StorageClassRef(name); }

  public readonly csi = false;
  public readonly fixedSize = false;

  private constructor(public readonly storageClassName: string) {}
}
