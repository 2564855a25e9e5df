import type { Flavour } from '../valkey/flavour';
import { KeyValueServer } from '../valkey/key-value-server';
import type { ValkeyOptions } from '../valkey/options';
import { REDIS } from './versions';

const FLAVOUR: Flavour = {
  releases: REDIS,
  tagPrefix: '',
  programs: 'redis',
  logFolder: true,
  limitsClients: true,
  harmlessCommands: ['info', 'keys', 'sort', 'sort_ro'],
  threadSetting: 'io-threads',
};

/** Redis 7.2 and 8, from the official image `docker.io/library/redis` in its Debian variant. Everything else is as of `Valkey`, which is recommended. */
export class Redis extends KeyValueServer {
  /**
   * Redis 7.2, the last series under the BSD licence. Valkey 8 reads its files.
   *
   * In languages other than TypeScript, whose generated names have no underscore: `Redis.of("7.2")`.
   *
   * @jsii ignore
   */
  public static v72(options: ValkeyOptions = {}): Redis { return new Redis('7.2', options); }
  /** Redis 8, under three licences by choice. */
  public static v8(options: ValkeyOptions = {}): Redis { return new Redis('8', options); }
  /** A certain release, such as `8.2.3`, or a series, which is the same as its factory. */
  public static of(version: string, options: ValkeyOptions = {}): Redis { return new Redis(version, options); }

  private constructor(version: string, options: ValkeyOptions) { super(version, options, FLAVOUR); }
}
