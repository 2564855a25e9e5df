/** Who may mount a volume at the same time. */
export class AccessMode {
  /** One node. Two pods on that node may both write. Works with every kind of volume. */
  public static readonly READ_WRITE_ONCE = new AccessMode('ReadWriteOnce');
  /** One pod in the whole cluster. CSI volumes only, Kubernetes 1.29 or later. */
  public static readonly READ_WRITE_ONCE_POD = new AccessMode('ReadWriteOncePod');

  private constructor(
    /** The access mode as a claim has it. */
    public readonly mode: string,
  ) {}
}
