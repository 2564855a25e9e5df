import { MariaDb, MySql } from '../../../lib';
import type { IEngine, MemberRequest } from '../../../lib';
import { REQUEST } from './request';

function cnf(engine: IEngine, changed: Partial<MemberRequest> = {}): string[] {
  return (engine.plan({ ...REQUEST, ...changed }).files['my.cnf'] ?? '').split('\n');
}

test('the file has one section, and each setting once', () => {
  const names = cnf(MySql.v97()).filter(line => line.includes(' = ')).map(line => line.split(' = ')[0]);
  expect(cnf(MySql.v97())[0]).toBe('[mysqld]');
  expect(names.length).toBeGreaterThan(40);
  expect(new Set(names).size).toBe(names.length);
});

test('an acknowledged transaction is on the disk, in both products and in spite of their own defaults', () => {
  for (const engine of [MySql.v84(), MariaDb.v1011()]) {
    expect(cnf(engine)).toEqual(expect.arrayContaining(['innodb_flush_log_at_trx_commit = 1', 'sync_binlog = 1', 'innodb_doublewrite = ON', 'innodb_fast_shutdown = 1']));
  }
});

test('what the user sets comes last and in the place of what is derived', () => {
  const lines = cnf(MySql.v84(), { settings: { sync_binlog: '0', tmp_table_size: '8M', sql_mode: 'ANSI,TRADITIONAL' } });
  expect(lines.filter(line => /^(?:sync_binlog|tmp_table_size) /.test(line))).toEqual(['sync_binlog = 0', 'tmp_table_size = 8M']);
  expect(lines.slice(-5)).toEqual(['# Set by the user', 'sql_mode = ANSI,TRADITIONAL', 'sync_binlog = 0', 'tmp_table_size = 8M', '']);
});

test.each([['SET NAMES \'x\'', '"SET NAMES \'x\'"'], ['a "b" # c', '\'a "b" # c\''], ['back\\slash', '"back\\\\slash"'], ['', ''], ['a;b', '"a;b"']])(
  'the value %j is written so that the server reads it as it is', (value, written) => {
    expect(cnf(MySql.v84(), { settings: { init_connect: value } })).toContain(`init_connect = ${written}`);
  });

test('TLS has its files, and is asked for only where it is required', () => {
  const { environment } = MySql.v84().plan({ ...REQUEST, tls: true });
  expect(environment.TLS_DIR).toBe('/opt/stateful/tls');
  expect(MySql.v84().plan(REQUEST).environment.TLS_DIR).toBe('');
  expect(cnf(MySql.v84(), { tls: true })).toContain('tls_version = TLSv1.2,TLSv1.3');
  expect(cnf(MySql.v84(), { tls: true })).not.toContain('require_secure_transport = ON');
  expect(cnf(MariaDb.v118(), { tls: true, tlsRequired: true })).toContain('require_secure_transport = ON');
  expect(cnf(MySql.v84()).filter(line => /^(?:ssl|tls|require)_/.test(line))).toEqual([]);
});

test('less durability is the user\'s to choose, and is warned of', () => {
  const request = { ...REQUEST, settings: { innodb_flush_log_at_trx_commit: '2', sync_binlog: '1' } };
  expect(MySql.v84().check(request)).toEqual([]);
  expect(MySql.v84().warnings(request)).toEqual([
    { code: 'mysql-durability', message: 'with innodb_flush_log_at_trx_commit = 2, a crash can lose transactions that were acknowledged' }]);
  expect(MySql.v84().warnings(REQUEST)).toEqual([]);
});

test('slow statements may be logged, though the name is the beginning of another one\'s', () => {
  expect(MySql.v84().check({ ...REQUEST, settings: { slow_query_log: 'ON', long_query_time: '0.5' } })).toEqual([]);
});
