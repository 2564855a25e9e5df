import type { Product } from '../mysql/product';
import { MARIADB } from './versions';

/** MariaDB's own settings and figures. */
export const MARIADB_PRODUCT: Product = {
  releases: MARIADB,
  memory: {
    least: 512,
    base: 100,
    statistics: 150,
    session: 0.5,
    sessionBuffers: {
      binlog_cache_size: '32K',
      binlog_stmt_cache_size: '32K',
      join_buffer_size: '256K',
      net_buffer_length: '16K',
      read_buffer_size: '128K',
      read_rnd_buffer_size: '256K',
      sort_buffer_size: '256K',
      thread_stack: '320K',
    },
    sharesTemporary: false,
    poolStep: 32,
  },
  fixed: () => ({
    // MySQL's default, where naming it is warned of.
    binlog_format: 'ROW',
    gtid_strict_mode: 'ON',
    // A folder that holds nothing; only a superuser may use it.
    secure_file_priv: '/tmp',
  }),
  derived: (_request, series, { binaryLog, redo, temporaryDisk }) => ({
    innodb_log_file_size: `${redo}M`,
    // Without a replica, 11.4 and later would never remove a log by themselves.
    ...isSince(series, 11, 4) ? { max_binlog_total_size: `${binaryLog}M`, slave_connections_needed_for_purge: '0' } : {},
    ...isSince(series, 11, 5) ? { max_tmp_total_space_usage: `${temporaryDisk}M` } : {},
  }),
};

function isSince(series: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = series.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
