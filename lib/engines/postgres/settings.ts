import type { MemberRequest } from '../../core/member-request';
import { MOUNTS } from '../../core/mounts';
import { sortedEntries, StringMap } from '../../core/strings';
import { HASH_MULTIPLIER, jobWorkers } from './memory';
import { deriveSizing, RESERVED_CONNECTIONS, Sizing } from './sizing';

/** A titled part of postgresql.conf. */
interface Group {
  readonly title: string;
  readonly settings: StringMap;
}

/** Where the server's socket is, which its companion shares. */
export const SOCKET_FOLDER = '/var/run/postgresql';

/** The port of the server. */
export const PORT = 5432;

/**
 * postgresql.conf: what is fixed, what is derived, and what the user set, which wins over what is derived.
 *
 * A change of it restarts the server; what follows from the size of a volume, which grows while the server runs, stands in
 * storage.conf and is read again without a restart.
 */
export function postgresqlConf(request: MemberRequest, preload: string[], flavour: StringMap = {}): string {
  const own = request.settings;
  const derived = [...derivedGroups(request, flavour), preloadGroup(preload)];
  const remaining = derived.map(group => ({ ...group, settings: without(group.settings, own) }));
  return [
    conf([...fixedGroups(request), ...remaining]),
    `# Derived from the storage\ninclude = '${MOUNTS.config}/storage.conf'\n`,
    conf([{ title: 'Set by the user', settings: own }]),
  ].filter(part => part !== '').join('\n');
}

/** storage.conf: what follows from the volumes. All of it takes effect when the server reads its files again. */
export function storageConf(request: MemberRequest, flavour: StringMap = {}): string {
  return conf(storageGroups(deriveSizing(request, flavour)));
}

/** Every setting that is in effect for what the sum of the memory asks. */
export function effectiveSettings(request: MemberRequest, flavour: StringMap = {}): StringMap {
  return { ...Object.assign({}, ...derivedGroups(request, flavour).map(group => group.settings)) as StringMap, ...request.settings };
}

function fixedGroups(request: MemberRequest): Group[] {
  return [
    { title: 'Fixed: files and addresses', settings: {
      hba_file: `${MOUNTS.config}/pg_hba.conf`,
      ident_file: `${MOUNTS.config}/pg_ident.conf`,
      listen_addresses: '*',
      port: `${PORT}`,
      unix_socket_directories: SOCKET_FOLDER,
    } },
    { title: 'Fixed: passwords and encryption', settings: { password_encryption: 'scram-sha-256', ...(request.tls ? tlsSettings() : { ssl: 'off' }) } },
    { title: 'Fixed: the log goes to the container\'s standard error', settings: {
      log_destination: 'stderr',
      logging_collector: 'off',
    } },
    // "try" on a node with huge pages kills a server whose pod asked for none (docker-library/postgres#451).
    { title: 'Fixed: memory of the node', settings: { huge_pages: 'off' } },
  ];
}

function derivedGroups(request: MemberRequest, flavour: StringMap): Group[] {
  return [...ownGroups(deriveSizing(request, flavour), jobWorkers({ ...flavour, ...request.settings })), { title: 'For the extensions', settings: flavour }];
}

function ownGroups(sizing: Sizing, jobs: number): Group[] {
  return [
    { title: 'Derived from the memory', settings: {
      effective_cache_size: `${sizing.effectiveCacheSize}MB`,
      hash_mem_multiplier: `${HASH_MULTIPLIER}`,
      maintenance_work_mem: `${sizing.maintenanceWorkMem}MB`,
      max_connections: `${sizing.maxConnections}`,
      shared_buffers: `${sizing.sharedBuffers}MB`,
      superuser_reserved_connections: `${RESERVED_CONNECTIONS}`,
      work_mem: `${sizing.workMemKibibytes}kB`,
    } },
    { title: 'Derived from the processor', settings: {
      max_parallel_maintenance_workers: `${sizing.parallelWorkersPerGather}`,
      max_parallel_workers: `${sizing.parallelWorkers}`,
      max_parallel_workers_per_gather: `${sizing.parallelWorkersPerGather}`,
      max_worker_processes: `${sizing.parallelWorkers + 8 + jobs}`,
    } },
    { title: 'Defaults', settings: {
      log_line_prefix: '%m [%p] %q%u@%d ',
      log_lock_waits: 'on',
      log_timezone: 'Etc/UTC',
      // The manual's example for storage without a moving head, which network disks are.
      random_page_cost: '1.1',
      tcp_keepalives_count: '6',
      tcp_keepalives_idle: '60',
      tcp_keepalives_interval: '10',
      timezone: 'Etc/UTC',
    } },
  ];
}

function storageGroups(sizing: Sizing): Group[] {
  return [
    { title: 'Derived from the storage', settings: {
      max_slot_wal_keep_size: `${sizing.slotWalKeep}MB`,
      max_wal_size: `${sizing.maxWalSize}MB`,
      min_wal_size: `${sizing.minWalSize}MB`,
    } },
  ];
}

function tlsSettings(): StringMap {
  return {
    ssl: 'on',
    ssl_cert_file: `${MOUNTS.tls}/tls.crt`,
    ssl_key_file: `${MOUNTS.tls}/tls.key`,
    ssl_min_protocol_version: 'TLSv1.2',
  };
}

function preloadGroup(preload: string[]): Group {
  const settings: StringMap = preload.length === 0 ? {} : { shared_preload_libraries: preload.join(',') };
  return { title: 'Needed by the extensions', settings };
}

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

function conf(groups: Group[]): string {
  return groups.filter(group => Object.keys(group.settings).length > 0).map(text).join('\n');
}

function text(group: Group): string {
  const lines = sortedEntries(group.settings).map(([name, value]) => `${name} = ${literal(value)}`);
  return `# ${group.title}\n${lines.join('\n')}\n`;
}

// In quotes, a backslash and a quote are written twice.
function literal(value: string): string {
  return `'${value.replace(/[\\']/g, '$&$&')}'`;
}
