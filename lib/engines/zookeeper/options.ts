import { Size } from 'cdk8s';
import { Problem } from '../../core/problems';
import { bytes } from '../../core/quantity';

/** What only ZooKeeper has. */
export interface ZooKeeperOptions {
  /**
   * The largest request, and so the largest node and list of children (`jute.maxbuffer`). Clients have a limit of their own.
   *
   * @default Size.mebibytes(1)
   */
  readonly maxBuffer?: Size;
  /**
   * Whether the server offers its figures to Prometheus on port 7000. An image without the library of that does not start with it.
   *
   * @default true
   */
  readonly metrics?: boolean;
}

/** The options with every default filled in. */
export interface ZooKeeperSpec {
  readonly maxBuffer: Size;
  readonly metrics: boolean;
}

/** Fills in the defaults. */
export function resolveOptions(options: ZooKeeperOptions): ZooKeeperSpec {
  return { maxBuffer: options.maxBuffer ?? Size.mebibytes(1), metrics: options.metrics ?? true };
}

/** Refuses a limit that no client could work with, or that one request could fill the memory with. */
export function checkOptions(spec: ZooKeeperSpec): Problem[] {
  const size = bytes(spec.maxBuffer);
  const valid = size >= 64 * 1024 && size <= 64 * 1024 * 1024;
  return valid ? [] : [{ path: 'engine.maxBuffer', got: spec.maxBuffer.asString(), want: 'from 64Ki to 64Mi' }];
}
