import type { IEngine } from './engine';
import type { ImageProps } from './image-props';
import type { RecoveryTarget } from './recovery-target';

/** Keys of a Secret as files. */
export interface MountedSecret {
  /** The name of the pod's volume. */
  readonly volume: string;
  /** The name of the Secret, in the namespace of the pod. */
  readonly secret: string;
  /** The keys that are mounted, and no others. */
  readonly keys: string[];
  /** Where they are mounted. */
  readonly path: string;
}

/** A claim that backups lie on. */
export interface MountedClaim {
  /** The name of the claim, in the namespace of the pod. */
  readonly claim: string;
  /** Where it is mounted. */
  readonly path: string;
}

/** How a backup comes onto the empty volume of a new database, as plain data: an init container of the database's pod. */
export interface FetchPlan {
  /** The image. */
  readonly image: string;
  /** The environment, without what the database's own plan knows. */
  readonly environment: { readonly [name: string]: string };
  /** Files that it reads beside those of the database, by name. */
  readonly files: { readonly [name: string]: string };
  /** Its scripts, by name. */
  readonly scripts: { readonly [name: string]: string };
  /** The passwords and keys of the destination. */
  readonly secrets: MountedSecret[];
  /**
   * The claim that the backups lie on.
   *
   * @default - they are reached over the network
   */
  readonly claim?: MountedClaim;
  /** The TCP ports that it talks to, wherever they are. */
  readonly ports: number[];
}

/** Backups of one database, from which new ones can be made. */
export interface IBackup {
  /** The engine of the database. */
  readonly engine: IEngine;
  /** The image that the database runs instead of the engine's own. */
  readonly image: ImageProps;
  /** How one of them comes onto an empty volume. */
  fetchPlan(target: RecoveryTarget): FetchPlan;
}
