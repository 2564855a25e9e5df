import { Size } from 'cdk8s';
import { Cpu, MySql, MySqlOptions, SingleInstanceDbProps } from '../../lib';
import { Refused, refused } from './database';

const engine = (options: MySqlOptions): { engine: MySql } => ({ engine: MySql.v84(options) });
const with8 = (props: Partial<SingleInstanceDbProps>): Partial<SingleInstanceDbProps> => ({ engine: MySql.v84(), ...props });
const settings = (name: string, value: string): Partial<SingleInstanceDbProps> => with8({ settings: { [name]: value } });
const memory = (size: Size): Partial<SingleInstanceDbProps> => with8({ resources: { memory: size, cpu: Cpu.units(1) } });
const NAME = 'letters, digits, "_", "-" and "$", the first no sign';

/** The settings that are not the user's to set, by what to do instead. */
export const NOT_THE_USERS: { readonly [remedy: string]: readonly string[] } = {
  'the superuser comes over the socket': ['admin_address', 'admin_port', 'extra_port'],
  'the library makes the users': ['authentication_policy', 'default_authentication_plugin', 'old_passwords'],
  'its place is fixed': [
    'basedir', 'character_sets_dir', 'innodb_data_file_path', 'innodb_data_home_dir', 'innodb_directories', 'innodb_log_group_home_dir', 'innodb_temp_tablespaces_dir',
    'innodb_tmpdir', 'innodb_undo_directory', 'log_basename', 'log_bin_index', 'pid_file', 'plugin_dir', 'socket', 'tmpdir',
  ],
  'use `network.allowFrom`': ['bind_address'],
  'it is ROW': ['binlog_format'],
  'use `dataFolder` of the engine': ['datadir'],
  'it belongs to replication': [
    'enforce_gtid_consistency', 'gtid_domain_id', 'gtid_mode', 'gtid_strict_mode', 'read_only', 'relay_log', 'relay_log_index', 'server_id', 'super_read_only'],
  'it would hold passwords': ['general_log', 'general_log_file'],
  'hosts have no names here': ['host_cache_size'],
  'use `databases` and `users` of the engine': ['init_file'],
  'use `innodb_buffer_pool_size`': ['innodb_buffer_pool_chunk_size', 'innodb_buffer_pool_instances'],
  'the library derives its settings from the pod': ['innodb_dedicated_server'],
  'it is 1: everything is written at the end': ['innodb_fast_shutdown'],
  'it can only be chosen before there are data': ['innodb_page_size', 'lower_case_table_names'],
  'a pod that asked for none gets none': ['large_pages'],
  'it is off: a client could be made to send its files': ['local_infile'],
  'it is on; point-in-time restores and replication need it': ['log_bin'],
  'the log goes to the container\'s standard error': ['log_error'],
  'slow statements go to the table mysql.slow_log': ['log_output', 'slow_query_log_file'],
  'use `sizing.connections`': ['max_connections'],
  'a pod may not lock its memory': ['memlock'],
  'only the classic protocol is served': ['mysqlx'],
  'use `plugin_load_add`': ['plugin_load'],
  'it is 3306': ['port'],
  'use `tls`': ['require_secure_transport', 'ssl', 'ssl_ca', 'ssl_capath', 'ssl_cert', 'ssl_crl', 'ssl_crlpath', 'ssl_key'],
  'it is on': ['secure_auth'],
  'the server reads and writes no other files': ['secure_file_priv'],
  'use an image that has another user': ['user'],
};

function unsafe(name: string, value: string, others: string, effect: string): Refused {
  return refused(settings(name, value), `settings.${name}: got "${value}", want anything but ${others}; ${effect}`);
}

/** The refusals of MySQL, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: MySql.of('8.0') }, 'engine: got MySql.of("8.0"), want 8.4, 9.7, or a patch release of them, such as "9.7.2"'),
  refused(engine({ databases: [] }), 'engine.databases: got [], want at least one database'),
  refused(engine({ databases: [{ name: 'a b', owner: 'me', readers: ['nobody'] }] }),
    `engine.databases[0].name: got "a b", want at most 64 ${NAME}`, 'engine.databases[0].readers: got "nobody", want a user that is declared'),
  refused(engine({ databases: [{ name: 'MySQL', owner: 'root' }] }),
    'engine.databases[0].name: got "MySQL", want a name that the server does not use itself', 'engine.users["root"].name: got "root", want a name that the server does not use itself'),
  refused(engine({ users: [{ name: 'x'.repeat(33), passwordKey: 'a b', connectionLimit: -1 }] }),
    `engine.users["${'x'.repeat(33)}"].name: got "${'x'.repeat(33)}", want at most 32 ${NAME}`,
    `engine.users["${'x'.repeat(33)}"].passwordKey: got "a b", want a key of a Secret: letters, digits, "-", "_" and "."`,
    `engine.users["${'x'.repeat(33)}"].connectionLimit: got -1, want 0 or a whole number`),
  refused(engine({ databases: [{ name: 'a' }, { name: 'a' }], users: [{ name: 'b' }, { name: 'b' }] }),
    'engine.databases: got "a" twice, want each name once', 'engine.users: got "b" twice, want each name once'),
  refused(engine({ dataFolder: '../x' }), 'engine.dataFolder: got "../x", want a relative path of letters, digits, "_", "-" and ".", other than "tmp"'),
  refused(with8({ storage: { size: Size.gibibytes(10), wal: { size: Size.gibibytes(1) } } }),
    'storage.wal: got 1Gi, want no volume of its own for the log: mysql keeps it beside the data'),
  refused(settings('Sort-Buffer', '1M'), 'settings."Sort-Buffer": got this name, want the name of a setting in lower case, with "_"'),
  ...Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => (
    refused(settings(name, 'x'), `settings.${name}: got "x", want nothing: the library owns it; ${remedy}`)))),
  unsafe('binlog_error_action', 'IGNORE_ERROR', 'ignore_error, 0', 'the binary log ends without a word when the disk is full'),
  unsafe('default_storage_engine', 'MyISAM', 'blackhole, csv, memory, merge, myisam', 'a crash destroys tables of this kind'),
  unsafe('innodb_checksum_algorithm', 'none', 'none, strict_none', 'damaged pages are taken for sound ones'),
  unsafe('innodb_doublewrite', 'OFF', 'off, false, no, 0, detect_only, 2, 3', 'a crash of the node can destroy pages'),
  unsafe('innodb_doublewrite', 'nope', 'off, false, no, 0, detect_only, 2, 3', 'a crash of the node can destroy pages'),
  unsafe('innodb_flush_method', 'nosync', 'nosync, littlesync', 'a crash of the node destroys the database'),
  unsafe('innodb_force_recovery', '3', '1, 2, 3, 4, 5, 6', 'it is for saving data from a damaged copy'),
  unsafe('innodb_log_checksums', '0', 'off, false, no, 0', 'a damaged log is replayed as if it were sound'),
  refused(settings('loose_innodb_doublewrite', '0'), 'settings.loose_innodb_doublewrite: got "0", want the setting itself, without a prefix'),
  refused(settings('innodb_doublew', '0'), 'settings.innodb_doublew: got "0", want the whole name of a setting; this is the beginning of innodb_doublewrite'),
  refused(settings('sort_buffer_size', 'much'), 'settings.sort_buffer_size: got "much", want a size such as "64M"'),
  refused(settings('init_connect', '"\''), 'settings.init_connect: got "\\"\'", want text with one kind of quotes at most'),
  refused(settings('init_connect', 'a\nb'), 'settings.init_connect: got "a\\nb", want one line of text'),
  refused(memory(Size.mebibytes(767)), 'resources.memory: got 767Mi, want at least 768Mi'),
  refused(memory(Size.tebibytes(9)), 'resources.memory: got 9Ti, want at most 8Ti'),
  refused(with8({ sizing: { connections: 4 } }), 'sizing.connections: got 4, want a whole number from 5 to 10000'),
  refused(with8({ sizing: { connections: 1000 } }), 'resources.memory: got 2Gi, want at least 6312Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower innodb_buffer_pool_size or the buffers of a connection'),
];
