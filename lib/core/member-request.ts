import type { Duration, Size } from 'cdk8s';

/** What a topology asks of an engine for one member: plain values, all of them resolved. */
export interface MemberRequest {
  /** The database's name. */
  readonly name: string;
  /** The memory limit, which is the request as well. */
  readonly memory: Size;
  /** The processor request in cores. */
  readonly cores: number;
  /** The size of the data volume. */
  readonly dataSize: Size;
  /**
   * The size of the write-ahead log's own volume.
   *
   * @default - the log is on the data volume
   */
  readonly walSize?: Size;
  /** Whether a certificate is mounted at `MOUNTS.tls`. */
  readonly tls: boolean;
  /** Whether clients without TLS are turned away. */
  readonly tlsRequired: boolean;
  /** The user's own settings. */
  readonly settings: { readonly [name: string]: string };
  /**
   * The most connections that clients may have.
   *
   * @default - by the engine, from the memory
   */
  readonly connections?: number;
  /** How long the server may give no answer at all after a start. */
  readonly startupTimeout: Duration;
  /** Whether an empty volume is refused, instead of being initialised. */
  readonly dataMustExist: boolean;
  /**
   * Whether a new database begins with the backup that lies on its volume (`restore.sh`).
   *
   * @default false
   */
  readonly restore?: boolean;
  /**
   * The image to run.
   *
   * @default - the engine's own for its version
   */
  readonly image?: string;
}
