import type { Flavour } from './flavour';
import { KeyValueServer } from './key-value-server';
import type { ValkeyOptions } from './options';
import { VALKEY } from './versions';

const FLAVOUR: Flavour = {
  releases: VALKEY,
  tagPrefix: '',
  programs: 'valkey',
  logFolder: true,
  limitsClients: true,
  harmlessCommands: ['info', 'keys', 'sort', 'sort_ro'],
  threadSetting: 'io-threads',
};

/** Valkey 8 and 9, from the official image `docker.io/valkey/valkey` in its Debian variant. */
export class Valkey extends KeyValueServer {
  /** Valkey 8. */
  public static v8(options: ValkeyOptions = {}): Valkey { return new Valkey('8', options); }
  /** Valkey 9. */
  public static v9(options: ValkeyOptions = {}): Valkey { return new Valkey('9', options); }
  /** A certain release, such as `8.1.4`, or a major, which is the same as its factory. */
  public static of(version: string, options: ValkeyOptions = {}): Valkey { return new Valkey(version, options); }

  private constructor(version: string, options: ValkeyOptions) { super(version, options, FLAVOUR); }
}
