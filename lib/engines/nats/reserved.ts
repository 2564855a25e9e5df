import type { UnsafeSetting } from '../../core/own-settings';

const REMEDIES: { readonly [remedy: string]: readonly string[] } = {
  'use `users` of the engine': ['accounts', 'auth_callout', 'authorization', 'no_auth_user', 'operator', 'resolver', 'system_account', 'trusted', 'trusted_keys'],
  'use `network.allowFrom`': ['host', 'listen', 'net'],
  'it is 4222': ['port'],
  'the monitoring asks for no password, and is open within the pod only': ['http', 'http_port', 'https', 'https_port', 'monitor_port', 'prof_port'],
  'it is the name of the database': ['server_name'],
  'a single instance has no other servers': ['cluster', 'gateway', 'leaf', 'leafnodes'],
  'this library knows the protocol of NATS only': ['mqtt', 'websocket'],
  'use `tls`': ['allow_non_tls', 'tls'],
  'the log goes to the container\'s standard error': ['log_file', 'logfile', 'remote_syslog', 'syslog'],
  'its place is fixed': ['jetstream.store', 'jetstream.store_dir', 'jetstream.storedir', 'pid_file', 'pidfile', 'ports_file_dir', 'store_dir', 'storedir'],
  'use names that begin with "jetstream."': ['jetstream'],
  'write the settings here': ['include'],
  'use `sizing.connections`': ['max_conn', 'max_connections'],
  'use `jetstream.max_file_store`': ['jetstream.max_file'],
  'use `jetstream.max_memory_store`': ['jetstream.max_mem', 'jetstream.max_mem_store'],
  'use `jetstream.sync_interval`': ['jetstream.sync'],
  'a key in a manifest is no secret; encrypt the volume': ['jetstream.cipher', 'jetstream.ek', 'jetstream.encryption_key', 'jetstream.key'],
  'without it nothing is kept': ['jetstream.enable', 'jetstream.enabled'],
};

/** Settings that the library owns, or that are another word for one of them, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = Object.fromEntries(
  Object.entries(REMEDIES).flatMap(([remedy, names]) => names.map(name => [name, remedy])));

/** There are none: what weakens the promise (`jetstream.sync_interval`) is the user's to choose, and is warned of. */
export const UNSAFE: { readonly [name: string]: UnsafeSetting } = {};
