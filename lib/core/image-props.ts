/** The uid and gid that own the data in an image. */
export interface ImageUser {
  /** The uid, from 1 on. */
  readonly user: number;
  /** The gid, from 1 on. */
  readonly group: number;
}

/** When a node asks the registry for an image. */
export enum ImagePullPolicy {
  /** At every start: a moved tag is noticed, and the registry has to be there. */
  ALWAYS = 'Always',
  /** Only when the node does not have it. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never: the image has to be on the node. */
  NEVER = 'Never',
}

/** Which image runs, as whom, and where it comes from. */
export interface ImageProps {
  /**
   * The image, with a tag or a digest. It has to keep the contract of the engine's official image.
   *
   * @default - the engine's official image, pinned to a patch release
   */
  readonly image?: string;
  /**
   * The uid and gid that own the data in `image`, where they are not those of the official image.
   *
   * Changing them on a volume that has data makes that data unreadable.
   *
   * @default - those of the engine's official image
   */
  readonly imageUser?: ImageUser;
  /**
   * When nodes ask the registry for the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * The names of Secrets with credentials for the registry.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
}
