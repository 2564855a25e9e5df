import type { Flavour } from '../valkey/flavour';
import { KeyValueServer } from '../valkey/key-value-server';
import type { ValkeyOptions } from '../valkey/options';
import { KEYDB } from './versions';

const FLAVOUR: Flavour = {
  releases: KEYDB,
  // There is a tag for each architecture, and a common one only for whatever is the latest.
  tagPrefix: 'x86_64_v',
  programs: 'keydb',
  logFolder: false,
  limitsClients: false,
  harmlessCommands: ['info', 'keys', 'sort'],
  threadSetting: '',
};

/** KeyDB 6, from `docker.io/eqalpha/keydb` for amd64. Nobody maintains it: it is here for those who have it, and warns. Everything else is as of `Valkey`. */
export class KeyDb extends KeyValueServer {
  /** KeyDB 6, which is Redis 6.2 with more threads. */
  public static v6(options: ValkeyOptions = {}): KeyDb { return new KeyDb('6', options); }
  /** A certain release, such as `6.3.3`, or `6`, which is the same as its factory. */
  public static of(version: string, options: ValkeyOptions = {}): KeyDb { return new KeyDb(version, options); }

  private constructor(version: string, options: ValkeyOptions) { super(version, options, FLAVOUR); }
}
