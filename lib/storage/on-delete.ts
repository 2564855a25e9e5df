/** What the user has to write to let data be deleted. */
export interface DeleteDataOptions {
  /** Has to be `true`: when the StatefulSet is deleted, the claims go with it, and the data is lost. */
  readonly iAcceptDataLoss: boolean;
}

/** What happens to the data when the database is deleted from the cluster. */
export class OnDelete {
  /** The claims stay, and the volumes with them. Applying the manifests again brings the data back. */
  public static readonly KEEP_DATA = new OnDelete(true, true);

  /** The claims are deleted together with the StatefulSet. For databases whose content can be made again. */
  public static deleteData(options: DeleteDataOptions): OnDelete { return new OnDelete(false, options.iAcceptDataLoss === true); }

  private constructor(
    /** Whether the claims stay. */
    public readonly keepsData: boolean,
    /** Whether the loss was accepted in so many words. */
    public readonly accepted: boolean,
  ) {}
}
