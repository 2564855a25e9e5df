import { MariaDb, MariaDbAuthentication } from '../../../lib';
import { MARIADB } from '../../../lib/engines/mariadb/versions';
import { REQUEST } from '../mysql/request';

const FACTORIES = [MariaDb.v1011(), MariaDb.v114(), MariaDb.v118(), MariaDb.v123()];

function cnf(engine: MariaDb): string { return engine.plan(REQUEST).files['my.cnf'] ?? ''; }

test('each series with long-term support has a factory, and its end', () => {
  expect(FACTORIES.map(({ version }) => version).sort()).toEqual(Object.keys(MARIADB.series).sort());
  expect(Object.entries(MARIADB.series).map(([series, { endOfSupport }]) => `${series} ${endOfSupport ?? ''}`).sort())
    .toEqual(['10.11 2028-02-16', '11.4 2029-05-29', '11.8 2028-06-04', '12.3 2029-06-30']);
  expect(MariaDb.v118().plan(REQUEST).image).toBe('docker.io/library/mariadb:11.8.9');
});

test.each([['10.11', []], ['11.4', ['max_binlog_total_size', 'slave_connections_needed_for_purge']], ['12.3', ['max_binlog_total_size', 'max_tmp_total_space_usage', 'slave_connections_needed_for_purge']]])(
  '%s gets only the settings that it knows', (version, names) => {
    expect(cnf(MariaDb.of(version)).match(/^(?:max_binlog_total|max_tmp_total|slave_)\w+/gm) ?? []).toEqual(names);
  });

test('nothing of MySQL alone is in its settings, and nothing of it alone in MySQL\'s scripts', () => {
  expect(cnf(MariaDb.v118())).not.toMatch(/mysqlx|gtid_mode|auth_socket|temptable|redo_log_capacity/);
  expect(MariaDb.v118().plan(REQUEST).scripts['product.sh']).toContain('SERVER=mariadbd');
});

test('users prove themselves in the way that every driver knows, unless another is asked for', () => {
  const plan = (authentication?: MariaDbAuthentication): unknown => MariaDb.v118({ authentication }).plan(REQUEST).companions[0]?.environment.ACCOUNT_PLUGIN;
  expect([plan(), plan(MariaDbAuthentication.ED25519)]).toEqual(['mysql_native_password', 'ed25519']);
  expect(cnf(MariaDb.v118())).not.toContain('plugin_load_add');
  expect(cnf(MariaDb.v118({ authentication: MariaDbAuthentication.ED25519 }))).toContain('plugin_load_add = auth_ed25519\n');
});
