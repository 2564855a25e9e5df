/** Options of `Provisioner.ebsGp3`. */
export interface EbsGp3Options {
  /**
   * I/O operations per second: 3000 to 80000, at most 500 per GiB.
   *
   * @default 3000
   */
  readonly iops?: number;
  /**
   * Throughput in MiB/s: 125 to 2000.
   *
   * @default 125
   */
  readonly throughput?: number;
  /**
   * The key that encrypts the volumes, by its ARN.
   *
   * @default - the account's default key for EBS
   */
  readonly kmsKeyId?: string;
}

/** Who makes the volumes of a storage class, and how. */
export class Provisioner {
  /**
   * AWS EBS, type gp3, encrypted.
   *
   * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
   */
  public static ebsGp3(options: EbsGp3Options = {}): Provisioner {
    return new Provisioner('ebs.csi.aws.com', {
      'csi.storage.k8s.io/fstype': 'ext4',
      'encrypted': 'true',
      'type': 'gp3',
      ...(options.iops === undefined ? {} : { iops: `${options.iops}` }),
      ...(options.throughput === undefined ? {} : { throughput: `${options.throughput}` }),
      ...(options.kmsKeyId === undefined ? {} : { kmsKeyId: options.kmsKeyId }),
    });
  }

  /**
   * Google Compute Engine persistent disks.
   *
   * @param type `pd-ssd` (the default), `pd-balanced` or `hyperdisk-balanced`
   * @see https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver
   */
  public static gcePersistentDisk(type: string = 'pd-ssd'): Provisioner {
    return new Provisioner('pd.csi.storage.gke.io', { 'csi.storage.k8s.io/fstype': 'ext4', type });
  }

  /**
   * Azure managed disks, without host caching, as databases want it.
   *
   * @param skuName `Premium_LRS` (the default), `PremiumV2_LRS` or `Premium_ZRS`
   * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
   */
  public static azureDisk(skuName: string = 'Premium_LRS'): Provisioner {
    return new Provisioner('disk.csi.azure.com', { 'cachingMode': 'None', 'csi.storage.k8s.io/fstype': 'ext4', skuName });
  }

  /**
   * Volumes that lie on one node and were made by hand or by a local static provisioner.
   *
   * They do not grow, and their data is lost with the node.
   */
  public static local(): Provisioner { return new Provisioner('kubernetes.io/no-provisioner', {}, false, true); }

  /** Any other CSI driver, with its own parameters. */
  public static csi(driver: string, parameters: { [key: string]: string } = {}): Provisioner {
    return new Provisioner(driver, parameters);
  }

  private constructor(
    /** The provisioner's name, as the StorageClass has it. */
    public readonly driver: string,
    /** The parameters of the StorageClass. */
    public readonly parameters: { [key: string]: string },
    /** Whether the volumes are CSI volumes. */
    public readonly isCsi: boolean = true,
    /** Whether the volumes cannot grow. */
    public readonly fixedSize: boolean = false,
  ) {}
}
