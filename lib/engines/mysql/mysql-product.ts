import type { Product } from './product';
import { MYSQL } from './versions';

/** MySQL's own settings and figures. */
export const MYSQL_PRODUCT: Product = {
  releases: MYSQL,
  memory: {
    least: 768,
    base: 250,
    statistics: 250,
    session: 0.5,
    sessionBuffers: {
      binlog_cache_size: '32K',
      binlog_stmt_cache_size: '32K',
      join_buffer_size: '256K',
      net_buffer_length: '16K',
      read_buffer_size: '128K',
      read_rnd_buffer_size: '256K',
      sort_buffer_size: '256K',
      thread_stack: '1M',
    },
    sharesTemporary: true,
    poolStep: 128,
  },
  fixed: () => ({
    enforce_gtid_consistency: 'ON',
    gtid_mode: 'ON',
    // Another pool would be rounded up by the server, beyond what the memory has room for.
    innodb_buffer_pool_instances: '1',
    mysqlx: 'OFF',
    // How the superuser comes in, from within the pod only.
    plugin_load_add: 'auth_socket.so',
    secure_file_priv: 'NULL',
  }),
  derived: (_request, _series, { pool, redo }) => ({
    innodb_buffer_pool_chunk_size: pool < 1024 ? '32M' : '128M',
    innodb_redo_log_capacity: `${redo}M`,
  }),
};
