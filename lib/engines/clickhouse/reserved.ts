import type { UnsafeSetting } from '../../core/own-settings';
import type { StringMap } from '../../core/strings';

const PLACE = 'its place is fixed';
const TLS = 'use `tls`';
const USERS = 'use the options of the engine, or CREATE USER';

/** Settings, or whole sections of them, that the library owns, each with what to use instead. */
export const RESERVED: StringMap = {
  access_control_path: PLACE,
  core_dump: 'a core would fill the node\'s disk',
  custom_cached_disks_base_directory: PLACE,
  default_database: 'use `database` of the engine',
  default_profile: USERS,
  filesystem_caches_path: PLACE,
  format_schema_path: PLACE,
  grpc_port: 'it is not opened',
  http_port: 'it is 8123',
  https_port: 'it is 8443',
  include_from: 'write the settings here',
  interserver_http_host: 'there are no replicas',
  interserver_http_port: 'there are no replicas',
  interserver_https_port: 'there are no replicas',
  listen_host: 'use `network.allowFrom`',
  listen_try: 'use `network.allowFrom`',
  logger: 'the log goes to the container\'s standard output; its level is the setting `log_level`',
  max_connections: 'use `sizing.connections`',
  mlock_executable: 'the container has no such right',
  mysql_port: 'it is not opened',
  openSSL: TLS,
  path: PLACE,
  postgresql_port: 'it is not opened',
  prometheus: 'it is port 9363',
  tcp_port: 'it is 9000',
  tcp_port_secure: 'it is 9440',
  tcp_with_proxy_port: 'it is not opened',
  tmp_path: PLACE,
  tmp_policy: PLACE,
  umask: 'files are their owner\'s alone',
  user_directories: USERS,
  user_files_path: PLACE,
  user_scripts_path: PLACE,
  users: USERS,
  users_config: USERS,
};

/** Settings that lose data, by the values that do so. */
export const UNSAFE: { readonly [name: string]: UnsafeSetting } = {
  'merge_tree.old_parts_lifetime': { values: ['0'], effect: 'the parts that were merged are removed before their merger is on the disk, and a loss of power loses both' },
  'profile.fsync_metadata': { values: ['0', 'false'], effect: 'a loss of power leaves tables without their definition' },
};
