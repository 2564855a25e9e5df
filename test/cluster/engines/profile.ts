import { Duration } from 'cdk8s';
import type { IEngine, SingleInstanceDbProps } from 'cdk8s-stateful';

/** What the shared suite has to know of an engine; everything else it learns from the construct. */
export interface EngineProfile {
  readonly engine: IEngine;
  /** The server's image, which the cluster has: `imageOf('mariadb', 'docker.io/library/mariadb:11.8')`. */
  readonly image: string;
  /** The name of the server's process, as in /proc/PID/comm: `mariadbd`, `java`. */
  readonly process: string;
  /** Prints the server's version, run in its container. */
  readonly version: string[];
  /** What is promised of an acknowledged write when the server is killed, as in the engine's README. */
  readonly durability: string;
  /** What the log of a server that was stopped cleanly says at its end. */
  readonly cleanStop: RegExp;
  /** What the log says at the next start after a stop that was not clean, and never after a clean one. */
  readonly recovery?: RegExp;
  /** How a clean stop ends. @default [0]; a JVM reports SIGTERM as 143 */
  readonly exitCodes?: number[];
  /** What the database is given beside the image: memory, settings. */
  readonly props?: Partial<SingleInstanceDbProps>;
  /** Keys of the credentials Secret beside `password`; each gets a password of its own. @default none */
  readonly secretKeys?: string[];
  /** The client's image, where the server's own has no fitting program, with its uid. @default the server's */
  readonly client?: ClientImage;
  /** Why a wrong password is not tried. @default it is tried, and has to be refused */
  readonly noPasswordBecause?: string;
  /** Fewer acknowledged writes a second make "nothing was lost" easy to say. @default 10: every write is synced, on disks that others use */
  readonly leastRate?: number;
  /** How long the first start may take. @default Duration.minutes(4) */
  readonly readyWithin?: Duration;
}

/** An image that has a client, and the user that it runs as. */
export interface ClientImage {
  readonly image: string;
  readonly user: number;
  readonly group: number;
}

/** The image of an engine: TEST_MARIADB_IMAGE, or the one that is named here. */
export function imageOf(engine: string, image: string): string {
  return process.env[`TEST_${engine.toUpperCase()}_IMAGE`] ?? image;
}
