import type { MemberRequest } from '../../core/member-request';
import { MOUNTS } from '../../core/mounts';
import { sortedEntries, StringMap } from '../../core/strings';
import { ADMIN, ClickHouseSpec } from './options';
import { deriveSizing } from './sizing';
import { Element, tree, xmlFile } from './xml';

/** Where the data volume is mounted; the data lies below. */
export const VOLUME_FOLDER = '/var/lib/clickhouse';
/** The data. */
export const DATA_FOLDER = `${VOLUME_FOLDER}/server`;
/** In memory: users with the hashes of their passwords, and the configuration of the pod's own client. */
export const RUN_FOLDER = '/run/clickhouse';

/** The ports; plain ones are closed where TLS is required. */
export const PORTS = { http: 8123, native: 9000, https: 8443, nativeSecure: 9440, metrics: 9363 } as const;

const MEBIBYTE = 1024 * 1024;

/**
 * config.xml, whole: nothing of the image's own configuration is read, so that an image cannot open a port or a user.
 *
 * What the user set comes last; a change of it restarts the server.
 */
export function configXml(request: MemberRequest, spec: ClickHouseSpec): string {
  const { log_level: level, ...own } = serverSettings(request.settings);
  const settings = { ...derived(request), ...own };
  return xmlFile('The whole configuration of the server', {
    ...fixed(request, spec, level ?? 'information'),
    ...tree(settings),
  });
}

/** users.xml: profile, quota, and the users without their passwords, which the pod adds in memory. Read again while the server runs. */
export function usersXml(request: MemberRequest, spec: ClickHouseSpec): string {
  const { queryMemory } = deriveSizing(request);
  const profile: StringMap = { max_memory_usage: `${queryMemory * MEBIBYTE}`, wait_for_async_insert: '1', ...profileSettings(request.settings) };
  return xmlFile('Users; the hashes of their passwords are added in memory', {
    profiles: { default: tree(profile) },
    quotas: { default: '' },
    users: {
      [ADMIN]: {
        networks: { ip: ['127.0.0.1', '::1'] }, profile: 'default', quota: 'default', access_management: '1', named_collection_control: '1',
      },
      [spec.username]: {
        networks: { ip: ['::/0'] }, profile: 'default', quota: 'default', access_management: '0',
        grants: { query: [`GRANT ALL ON ${spec.database}.*`, 'GRANT CREATE TEMPORARY TABLE ON *.*'] },
      },
    },
  });
}

function fixed(request: MemberRequest, spec: ClickHouseSpec, level: string): Element {
  return {
    logger: { level, console: '1' },
    listen_host: ['::', '0.0.0.0'],
    // A node without IPv6, or without IPv4, has only one of them.
    listen_try: '1',
    ...ports(request),
    path: `${DATA_FOLDER}/`,
    tmp_path: `${DATA_FOLDER}/tmp/`,
    user_files_path: `${DATA_FOLDER}/user_files/`,
    user_scripts_path: `${DATA_FOLDER}/user_scripts/`,
    format_schema_path: `${DATA_FOLDER}/format_schemas/`,
    custom_cached_disks_base_directory: `${DATA_FOLDER}/caches/`,
    user_directories: {
      users_xml: { path: `${RUN_FOLDER}/users/users.xml` },
      local_directory: { path: `${DATA_FOLDER}/access/` },
    },
    default_profile: 'default',
    default_database: spec.database,
    umask: '077',
    core_dump: { size_limit: '0' },
    prometheus: { endpoint: '/metrics', port: `${PORTS.metrics}`, metrics: '1', events: '1', asynchronous_metrics: '1' },
  };
}

function ports(request: MemberRequest): Element {
  const plain = { http_port: `${PORTS.http}`, tcp_port: `${PORTS.native}` };
  if (!request.tls) { return plain; }
  const server = {
    certificateFile: `${MOUNTS.tls}/tls.crt`, privateKeyFile: `${MOUNTS.tls}/tls.key`, verificationMode: 'none', loadDefaultCAFile: 'true',
    cacheSessions: 'true', disableProtocols: 'sslv2,sslv3,tlsv1,tlsv1_1', preferServerCiphers: 'true',
  };
  return { ...(request.tlsRequired ? {} : plain), https_port: `${PORTS.https}`, tcp_port_secure: `${PORTS.nativeSecure}`, openSSL: { server } };
}

function derived(request: MemberRequest): StringMap {
  const sizing = deriveSizing(request);
  return {
    background_pool_size: `${sizing.pool}`,
    // The bound of every cache of its own, of which there are more in every release.
    cache_size_to_ram_max_ratio: '0.1',
    index_mark_cache_size: `${sizing.indexCache * MEBIBYTE}`,
    mark_cache_size: `${sizing.markCache * MEBIBYTE}`,
    max_connections: `${sizing.connections}`,
    max_server_memory_usage: `${sizing.serverMemory * MEBIBYTE}`,
    // An inserted part is on the disk before the insert is acknowledged; a merged one replaces parts that stay for eight minutes.
    'merge_tree.fsync_after_insert': '1',
    'merge_tree.fsync_part_directory': '1',
    'merge_tree.number_of_free_entries_in_pool_to_execute_mutation': `${sizing.freeToMutate}`,
    'merge_tree.number_of_free_entries_in_pool_to_execute_optimize_entire_partition': `${sizing.freeToOptimize}`,
    'merge_tree.number_of_free_entries_in_pool_to_lower_max_size_of_merge': `${sizing.freeToMergeLarge}`,
    primary_index_cache_size: `${sizing.primaryIndexCache * MEBIBYTE}`,
    'query_cache.max_size_in_bytes': `${sizing.queryCache * MEBIBYTE}`,
    'query_log.database': 'system',
    'query_log.flush_interval_milliseconds': '7500',
    'query_log.partition_by': 'toYYYYMM(event_date)',
    'query_log.table': 'query_log',
    'query_log.ttl': 'event_date + INTERVAL 7 DAY DELETE',
    shutdown_wait_unfinished: '30',
    timezone: 'Etc/UTC',
    uncompressed_cache_size: `${sizing.uncompressedCache * MEBIBYTE}`,
    vector_similarity_index_cache_size: `${sizing.vectorCache * MEBIBYTE}`,
  };
}

const PROFILE = 'profile.';

function serverSettings(settings: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => !name.startsWith(PROFILE)));
}

function profileSettings(settings: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => name.startsWith(PROFILE)).map(([name, value]) => [name.slice(PROFILE.length), value]));
}
