import { Size } from 'cdk8s';
import { AccessRule, Collation, Cpu, Postgres, PostgresOptions } from '../../lib';
import { Refused, refused } from './database';

const engine = (options: PostgresOptions): { engine: Postgres } => ({ engine: Postgres.v17(options) });
const resources = (memory: Size): { resources: { memory: Size; cpu: Cpu } } => ({ resources: { memory, cpu: Cpu.units(1) } });
const SETTING = 'got this name, want the name of a setting in lower case, or extension.setting';

/** The settings that are not the user's to set, by what to do instead. */
export const NOT_THE_USERS: { readonly [remedy: string]: readonly string[] } = {
  'it belongs to backups': ['archive_cleanup_command', 'archive_command', 'archive_library'],
  'its place is fixed': [
    'config_file', 'data_directory', 'external_pid_file', 'ident_file', 'unix_socket_directories', 'unix_socket_group', 'unix_socket_permissions'],
  'use an image that has the library in its place': ['dynamic_library_path'],
  'the memory is divided by it': ['hash_mem_multiplier'],
  'use `accessRules` of the engine': ['hba_file'],
  'a node that has huge pages, and a pod that asked for none, kill the server with SIGBUS': ['huge_pages'],
  'write the settings here': ['include', 'include_dir', 'include_if_exists'],
  'use `network.allowFrom`': ['listen_addresses'],
  'use `shared_preload_libraries`': ['local_preload_libraries'],
  'the log goes to the container\'s standard error': ['log_destination', 'logging_collector'],
  'use `sizing.connections`': ['max_connections', 'superuser_reserved_connections'],
  'it is scram-sha-256': ['password_encryption'],
  'it is 5432': ['port'],
  'it belongs to replication': ['primary_conninfo', 'primary_slot_name', 'promote_trigger_file'],
  'it belongs to restores': ['recovery_end_command', 'recovery_target_action', 'restore_command'],
  'use `tls`': ['ssl', 'ssl_ca_file', 'ssl_cert_file', 'ssl_crl_dir', 'ssl_crl_file', 'ssl_key_file'],
  'use `tls` with a key that has no passphrase': ['ssl_passphrase_command'],
};

function unsafe(name: string, value: string, others: string, effect: string): Refused {
  return refused({ settings: { [name]: value } }, `settings.${name}: got "${value}", want anything but ${others}; ${effect}`);
}

/** The refusals of PostgreSQL, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: Postgres.of('13') }, 'engine: got Postgres.of("13"), want 14, 15, 16, 17, 18, or a patch release of them, such as "18.6"'),
  refused(engine({ collation: Collation.icu('de DE') }), 'engine.collation: got "de DE", want the name of a locale, such as "de-DE" or "en_US.utf8"'),
  refused({ engine: Postgres.v14({ collation: Collation.icu('de-DE') }) },
    'engine.collation: got icu on PostgreSQL 14, want PostgreSQL 15 or later for ICU; use Collation.codePoint()'),
  refused(engine({ superuser: '' }), 'engine.superuser: got "", want text that is not empty'),
  refused(engine({ superuser: '/dba' }), 'engine.superuser: got "/dba", want a name that does not begin with "/"'),
  refused(engine({ databases: [] }), 'engine.databases: got [], want at least one database', 'engine.roles: got no role with a login, want at least one'),
  refused(engine({ databases: [{ name: 'a', owner: 'x'.repeat(64), connect: ['b'], extensions: ['c\td'] }] }),
    `engine.databases[0].owner: got "${'x'.repeat(64)}", want at most 63 bytes`, 'engine.databases[0].connect: got "b", want a role that is declared',
    'engine.databases[0].extensions[0]: got "c\\td", want one line of text', `engine.roles["${'x'.repeat(64)}"].name: got "${'x'.repeat(64)}", want at most 63 bytes`),
  refused(engine({ databases: [{ name: '\u0000', owner: 'a' }] }),
    'engine.databases[0].name: got "\\u0000", want text without control characters, line separators or broken Unicode'),
  refused(engine({ roles: [{ name: 'a', passwordKey: 'a b', memberOf: [''], connectionLimit: -2 }] }),
    'engine.roles["a"].passwordKey: got "a b", want a key of a Secret: letters, digits, "-", "_" and "."',
    'engine.roles["a"].memberOf[0]: got "", want text that is not empty', 'engine.roles["a"].connectionLimit: got -2, want -1 or a whole number'),
  refused(engine({ roles: [{ name: 'postgres' }] }),
    'engine.roles["postgres"]: got the superuser, want another role; the superuser is local to the pod and has no password'),
  refused(engine({ roles: [{ name: 'pg_mine' }] }), 'engine.roles["pg_mine"]: got "pg_mine", want a name that does not begin with "pg_"'),
  refused(engine({ databases: [{ name: 'a' }, { name: 'a' }], roles: [{ name: 'b' }, { name: 'b' }] }),
    'engine.databases: got "a" twice, want each name once', 'engine.roles: got "b" twice, want each name once'),
  refused(engine({ databases: [{ name: 'template1', owner: 'a' }] }), 'engine.databases: got "template1", want a name that the server does not use itself'),
  refused(engine({ accessRules: [AccessRule.passwordWithTls({ databases: [''], roles: ['/a'], from: 'here' })] }),
    'engine.accessRules[0].databases[0]: got "", want text that is not empty', 'engine.accessRules[0].roles[0]: got "/a", want a name that does not begin with "/"',
    'engine.accessRules[0].from: got "here", want an address range such as "10.0.0.0/8"', 'engine.accessRules[0]: got AccessRule.passwordWithTls, want `tls` with a certificate'),
  refused(engine({ dataFolder: '../x' }), 'engine.dataFolder: got "../x", want a relative path of letters, digits, "_", "-" and "."'),
  refused({ image: 'postgres:17-alpine' }, 'image: got "postgres:17-alpine", want a Debian variant of the image; '
    + 'Alpine\'s has another uid (70), and sorts text differently, which damages indexes made with the other'),
  refused({ settings: { 'Work_Mem': '1MB', 'a b': '' } }, `settings."Work_Mem": ${SETTING}`, `settings."a b": ${SETTING}`),
  ...Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => (
    refused({ settings: { [name]: 'x' } }, `settings.${name}: got "x", want nothing: the library owns it; ${remedy}`)))),
  unsafe('fsync', 'off', 'off, false, no, 0', 'a crash of the node can destroy the whole database'),
  unsafe('full_page_writes', 'off', 'off, false, no, 0', 'a crash of the node can destroy pages'),
  unsafe('ignore_checksum_failure', 'on', 'on, true, yes, 1', 'damaged pages are returned as if they were sound'),
  unsafe('ignore_invalid_pages', 'on', 'on, true, yes, 1', 'recovery passes over damage'),
  unsafe('zero_damaged_pages', 'on', 'on, true, yes, 1', 'damaged pages are overwritten with nothing'),
  refused({ settings: { work_mem: 'much' } }, 'settings.work_mem: got "much", want a size such as "64MB"'),
  refused({ settings: { max_parallel_workers: '1.5' } }, 'settings.max_parallel_workers: got "1.5", want a whole number'),
  refused({ settings: { application_name: 'a\nfsync = off' } }, 'settings.application_name: got "a\\nfsync = off", want one line of text'),
  refused({ ...engine({ databases: [{ name: 'a', extensions: ['pg_cron'] }] }), settings: { shared_preload_libraries: 'mine' } },
    'settings.shared_preload_libraries: got "mine", want pg_cron in the list; the extension of that name is declared'),
  refused(resources(Size.mebibytes(511)), 'resources.memory: got 511Mi, want at least 512Mi'),
  refused(resources(Size.tebibytes(17)), 'resources.memory: got 17Ti, want at most 16Ti'),
  refused({ sizing: { connections: 4 } }, 'sizing.connections: got 4, want a whole number from 5 to 10000'),
  refused({ settings: { shared_buffers: '17TB' } }, 'resources.memory: got 2Gi, want settings that fit into memory; these may use more than 16Ti; '
    + 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower work_mem, maintenance_work_mem or shared_buffers'),
  refused({ sizing: { connections: 1000 } }, 'resources.memory: got 2Gi, want at least 12119Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections` (a pooler helps), or lower work_mem, maintenance_work_mem or shared_buffers'),
];
