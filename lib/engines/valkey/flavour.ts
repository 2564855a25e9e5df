import type { Releases } from '../../core/releases';

/** What differs between Valkey and the servers that it shares its protocol, its files and its settings with. */
export interface Flavour {
  /** Versions and images. */
  readonly releases: Releases;
  /** What stands before the version in the tag of an image; mostly nothing. */
  readonly tagPrefix: string;
  /** How the names of the programs begin: `valkey` of `valkey-server`. */
  readonly programs: string;
  /** Whether the append-only file is a folder of several files, as since Redis 7.0, or a single one. */
  readonly logFolder: boolean;
  /** Whether all clients together can be held to an amount of memory, as since Redis 7.0. */
  readonly limitsClients: boolean;
  /** Commands that an application may have although they count as dangerous. */
  readonly harmlessCommands: string[];
  /** The setting for more threads, which reads from sockets and writes to them; empty where it is not derived. */
  readonly threadSetting: string;
}
