import type { UnsafeSetting } from '../../core/own-settings';

const FIXED = 'its place is fixed';
const ADDRESS = 'a single node speaks to nobody but itself; clients come to port 9042';
const IDENTITY = 'use the options of the engine';
const ROLES = 'roles have passwords';
const HEAP = 'the memory is divided by it';

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  allocate_tokens_for_keyspace: 'the tokens are given with the data',
  allocate_tokens_for_local_replication_factor: 'the tokens are given with the data',
  authenticator: ROLES,
  authorizer: ROLES,
  auto_bootstrap: 'a single node has nobody to begin from',
  broadcast_address: ADDRESS,
  broadcast_rpc_address: 'it is the address of the pod',
  cdc_raw_directory: FIXED,
  client_encryption_options: 'use `tls`',
  cluster_name: IDENTITY,
  commitlog_directory: FIXED,
  data_file_directories: FIXED,
  endpoint_snitch: IDENTITY,
  hints_directory: FIXED,
  initial_token: 'the tokens are given with the data',
  listen_address: ADDRESS,
  listen_interface: ADDRESS,
  local_system_data_file_directory: FIXED,
  memtable_heap_space: HEAP,
  native_transport_max_concurrent_connections: 'use `sizing.connections`',
  native_transport_port: 'it is 9042',
  native_transport_port_ssl: 'use `tls`',
  num_tokens: 'the tokens are given with the data',
  partitioner: 'it is Murmur3Partitioner',
  role_manager: ROLES,
  rpc_address: 'use `network.allowFrom`',
  rpc_interface: 'use `network.allowFrom`',
  saved_caches_directory: FIXED,
  seed_provider: ADDRESS,
  server_encryption_options: ADDRESS,
  ssl_storage_port: ADDRESS,
  start_native_transport: 'clients need it',
  storage_port: ADDRESS,
};

/** Settings that lose or hide the loss of data, by the values that do so. */
export const UNSAFE: { readonly [name: string]: UnsafeSetting } = {
  commit_failure_policy: { values: ['ignore'], effect: 'a log that cannot be written acknowledges all the same' },
  corrupted_tombstone_strategy: { values: ['disabled'], effect: 'damaged deletions are passed over, and deleted rows come back' },
  disk_failure_policy: { values: ['ignore', 'best_effort'], effect: 'what cannot be read seems not to be there' },
};
