import type { MemberRequest } from '../../core/member-request';
import { sortedEntries, StringMap } from '../../core/strings';
import type { Product } from './product';
import { figures, memorySettings } from './sizing';

/** A titled part of my.cnf. */
interface Group {
  readonly title: string;
  readonly settings: StringMap;
}

/** Where the server's socket is, which its companion shares. */
export const SOCKET_FOLDER = '/var/run/mysqld';

/** The root of the data volume; the data and the temporary files lie in folders below. */
export const VOLUME_FOLDER = '/var/lib/mysql';

/** On the volume, because a pod whose scratch folder overflows is evicted. Emptied at every start. */
export const TMP_FOLDER = `${VOLUME_FOLDER}/tmp`;

/** The port of the server. */
export const PORT = 3306;

/** my.cnf: what is fixed, what is derived, and what the user set, which wins over what is derived. A change of it restarts the server. */
export function myCnf(request: MemberRequest, product: Product, series: string, dataFolder: string): string {
  const own = request.settings;
  const groups = [
    ...fixedGroups(request, product, series, dataFolder),
    ...derivedGroups(request, product, series).map(group => ({ ...group, settings: without(group.settings, own) })),
    { title: 'Set by the user', settings: own },
  ];
  return `[mysqld]\n${groups.filter(({ settings }) => Object.keys(settings).length > 0).map(text).join('\n')}`;
}

function fixedGroups(request: MemberRequest, product: Product, series: string, dataFolder: string): Group[] {
  return [
    { title: 'Fixed: files and addresses', settings: {
      datadir: `${VOLUME_FOLDER}/${dataFolder}`,
      log_bin: 'binlog',
      log_output: 'TABLE',
      pid_file: `${SOCKET_FOLDER}/mysqld.pid`,
      port: `${PORT}`,
      socket: `${SOCKET_FOLDER}/mysqld.sock`,
      tmpdir: TMP_FOLDER,
    } },
    { title: 'Fixed: clients', settings: {
      host_cache_size: '0',
      local_infile: 'OFF',
      skip_name_resolve: 'ON',
      // The files are arguments of the server, in start.sh.
      ...(request.tls ? { tls_version: 'TLSv1.2,TLSv1.3' } : {}),
      ...(request.tlsRequired ? { require_secure_transport: 'ON' } : {}),
    } },
    { title: 'Fixed: the log of changes, and the end', settings: { binlog_format: 'ROW', innodb_fast_shutdown: '1', server_id: '1' } },
    { title: `Fixed: ${product.releases.product} alone`, settings: product.fixed(series) },
  ];
}

function derivedGroups(request: MemberRequest, product: Product, series: string): Group[] {
  const memory = memorySettings(request, product);
  const sizes = figures(request, memory);
  return [
    { title: 'Durability: an acknowledged transaction is on the disk', settings: {
      innodb_doublewrite: 'ON',
      innodb_flush_log_at_trx_commit: '1',
      sync_binlog: '1',
    } },
    { title: 'Derived from the memory', settings: memory },
    { title: 'Derived from the storage', settings: {
      innodb_temp_data_file_path: `ibtmp1:12M:autoextend:max:${sizes.temporaryDisk}M`,
      ...product.derived(request, series, sizes),
    } },
    { title: 'Defaults', settings: {
      binlog_expire_logs_seconds: '259200',
      character_set_server: 'utf8mb4',
      default_time_zone: '+00:00',
      // Rows are logged, so that a function can do no harm there; without it, no application may make a trigger.
      log_bin_trust_function_creators: 'ON',
      max_binlog_size: '128M',
    } },
  ];
}

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

function text(group: Group): string {
  const lines = sortedEntries(group.settings).map(([name, value]) => `${name} = ${literal(value)}`);
  return `# ${group.title}\n${lines.join('\n')}\n`;
}

// Between quotes, "#" begins no comment, and blanks at the ends are kept; a backslash is written twice.
function literal(value: string): string {
  if (/^[\w.,:/@%+-]*$/.test(value)) { return value; }
  const sign = value.includes('"') ? '\'' : '"';
  return `${sign}${value.replace(/\\/g, '\\\\')}${sign}`;
}
