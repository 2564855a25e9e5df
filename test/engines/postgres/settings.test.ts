import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { checkSettings } from '../../../lib/engines/postgres/check-settings';
import { postgresqlConf, storageConf } from '../../../lib/engines/postgres/settings';
import { REQUEST } from './request';

/** The settings of a file as the server reads it (guc-file.l): the last line of a name wins. */
function read(conf: string): { [name: string]: string } {
  const settings: { [name: string]: string } = {};
  for (const line of conf.split('\n')) {
    if (line === '' || line.startsWith('#')) { continue; }
    const [, name, literal] = /^([A-Za-z_][A-Za-z0-9_$]*(?:\.[A-Za-z_][A-Za-z0-9_$]*)?) = '((?:[^'\\]|\\.|'')*)'$/.exec(line) ?? [];
    if (name === undefined || literal === undefined) { throw new Error(`the server would not read: ${line}`); }
    settings[name] = literal.replace(/\\([0-7]{1,3}|[^])|''/g, (_all, escaped?: string) => (escaped === undefined ? '\'' : unescape(escaped)));
  }
  return settings;
}

function unescape(escaped: string): string {
  const known: { [character: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
  return /^[0-7]/.test(escaped) ? String.fromCharCode(parseInt(escaped, 8)) : known[escaped] ?? escaped;
}

test('the whole file of the smallest database', () => {
  expect(read(postgresqlConf(REQUEST, []))).toEqual({
    hba_file: '/opt/stateful/config/pg_hba.conf', ident_file: '/opt/stateful/config/pg_ident.conf', listen_addresses: '*', port: '5432',
    unix_socket_directories: '/var/run/postgresql',
    password_encryption: 'scram-sha-256', ssl: 'off', log_destination: 'stderr', logging_collector: 'off', huge_pages: 'off',
    effective_cache_size: '1228MB', hash_mem_multiplier: '2', maintenance_work_mem: '76MB', max_connections: '105', shared_buffers: '512MB',
    superuser_reserved_connections: '5', work_mem: '2878kB',
    max_parallel_maintenance_workers: '0', max_parallel_workers: '1', max_parallel_workers_per_gather: '0', max_worker_processes: '9',
    log_line_prefix: '%m [%p] %q%u@%d ', log_lock_waits: 'on', log_timezone: 'Etc/UTC', random_page_cost: '1.1', tcp_keepalives_count: '6',
    tcp_keepalives_idle: '60', tcp_keepalives_interval: '10', timezone: 'Etc/UTC',
    include: '/opt/stateful/config/storage.conf',
  });
  expect(read(storageConf(REQUEST))).toEqual({ max_slot_wal_keep_size: '10240MB', max_wal_size: '5120MB', min_wal_size: '1024MB' });
});

test('a volume that grows changes no file that restarts the server', () => {
  const grown = { ...REQUEST, dataSize: Size.gibibytes(80) };
  expect(postgresqlConf(grown, [])).toBe(postgresqlConf(REQUEST, []));
  expect(storageConf(grown)).not.toBe(storageConf(REQUEST));
});

test('with a certificate, the server uses it', () => {
  expect(read(postgresqlConf({ ...REQUEST, tls: true }, []))).toMatchObject({
    ssl: 'on', ssl_cert_file: '/opt/stateful/tls/tls.crt', ssl_key_file: '/opt/stateful/tls/tls.key', ssl_min_protocol_version: 'TLSv1.2',
  });
});

test('what the user sets wins, also over what follows from the storage, and comes last', () => {
  const conf = postgresqlConf({ ...REQUEST, settings: { work_mem: '64MB', max_wal_size: '1GB', DateStyle: 'ISO' } }, []);
  expect(conf).toMatch(/\ninclude = '[^']+'\n\n# Set by the user\nDateStyle = 'ISO'\nmax_wal_size = '1GB'\nwork_mem = '64MB'\n$/);
  expect(conf.match(/^work_mem/gm)).toHaveLength(1);
});

test('the libraries of the extensions are preloaded, unless the user lists them', () => {
  const preloaded = (settings: { [name: string]: string }, libraries: string[]): string | undefined =>
    read(postgresqlConf({ ...REQUEST, settings }, libraries)).shared_preload_libraries;
  expect(preloaded({}, ['pg_cron', 'pgaudit'])).toBe('pg_cron,pgaudit');
  expect(preloaded({ shared_preload_libraries: 'mine,pg_cron' }, ['pg_cron'])).toBe('mine,pg_cron');
  expect(preloaded({}, [])).toBeUndefined();
});

test.each(['', ' ', 'it\'s', '\\', '\\\'', 'C:\\new', '\\047', '# no comment', '\'\'', '%m [%p] "$1" ', 'größe'])('the server reads %j as it was given', value => {
  expect(read(postgresqlConf({ ...REQUEST, settings: { application_name: value } }, [])).application_name).toBe(value);
});

test('the server reads every value that is not refused as it was given', () => {
  let accepted = 0;
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), value => {
    const request = { ...REQUEST, settings: { application_name: value } };
    if (checkSettings(request).length > 0) { return; }
    accepted++;
    expect(read(postgresqlConf(request, [])).application_name).toBe(value);
  }), { seed: 1, numRuns: 2000 });
  expect(accepted).toBeGreaterThan(1000);
});
