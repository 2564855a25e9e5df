import { Size } from 'cdk8s';
import { parse } from 'yaml';
import { MemberRequest, OpenSearch, OpenSearchSecurity } from '../../../lib';
import { REQUEST } from '../elasticsearch/request';

const open = OpenSearchSecurity.disabled({ iAcceptNoAuthentication: true });
const SECURE = { ...REQUEST, tls: true };

function settings(engine: OpenSearch, request: MemberRequest): { [name: string]: string } {
  return parse(engine.plan(request).files['opensearch.yml'] ?? '') as { [name: string]: string };
}

test('with security the transport and the clients have the same certificate, and the users are made once', () => {
  const own = Object.entries(settings(OpenSearch.v3(), SECURE)).filter(([name]) => name.startsWith('plugins.'));
  expect(Object.fromEntries(own)).toEqual({
    'plugins.security.allow_default_init_securityindex': 'true',
    'plugins.security.allow_unsafe_democertificates': 'false',
    'plugins.security.restapi.roles_enabled': 'all_access',
    'plugins.security.ssl.certificates_hot_reload.enabled': 'true',
    'plugins.security.ssl.http.enabled': 'true',
    'plugins.security.ssl.http.pemcert_filepath': 'tls/tls.crt',
    'plugins.security.ssl.http.pemkey_filepath': 'tls/tls.key',
    'plugins.security.ssl.http.pemtrustedcas_filepath': 'tls/tls.crt',
    'plugins.security.ssl.transport.pemcert_filepath': 'tls/tls.crt',
    'plugins.security.ssl.transport.pemkey_filepath': 'tls/tls.key',
    'plugins.security.ssl.transport.pemtrustedcas_filepath': 'tls/tls.crt',
  });
});

test('OpenSearch 2 is not told of what only its last minors know', () => {
  expect(OpenSearch.v2().plan(SECURE).files['opensearch.yml']).not.toContain('hot_reload');
});

test('the application and the administrator have a password each, and a companion renews the one of the application', () => {
  const plan = OpenSearch.v3().plan(SECURE);
  expect(plan.passwordKeys).toEqual({ app: 'password', admin: 'admin-password' });
  expect(plan.client).toEqual({ scheme: 'https', database: '', username: 'app', passwordKey: 'password' });
  expect(plan.companions).toEqual([expect.objectContaining({ name: 'renew', seesSecrets: true, environment: plan.environment })]);
});

test('without it there is no user, no password, and no setting that an image without the plugin does not know', () => {
  const plan = OpenSearch.v3({ security: open }).plan(REQUEST);
  expect(plan.passwordKeys).toEqual({});
  expect(plan.companions).toEqual([]);
  expect(plan.client).toEqual({ scheme: 'http', database: '', username: '', passwordKey: '' });
  expect(plan.environment).toMatchObject({ APP_USER: '', CREDENTIALS_DIR: '' });
  expect(plan.files['opensearch.yml']).not.toContain('plugins.');
  expect(Object.keys(plan.files)).toEqual(['jvm.options', 'log4j2.properties', 'opensearch.yml', 'with-opensearch-knn.yml']);
});

test('the role and who has it are what the plugin reads', () => {
  const { files } = OpenSearch.v2().plan(SECURE);
  expect(parse(files['security-roles.yml'] ?? '')).toMatchObject({ _meta: { type: 'roles', config_version: 2 }, app: { index_permissions: [{ index_patterns: ['*'], allowed_actions: ['indices_all'] }] } });
  expect(parse(files['security-mapping.yml'] ?? '')).toEqual({ _meta: { type: 'rolesmapping', config_version: 2 }, all_access: { users: ['admin'] }, app: { users: ['app'] } });
});

test('an index has no copy unless it is asked for, because there is no second member', () => {
  expect(settings(OpenSearch.v3(), SECURE)['cluster.default_number_of_replicas']).toBe('0');
  const own = { ...SECURE, settings: { 'cluster.default_number_of_replicas': '1' } };
  expect(settings(OpenSearch.v3(), own)['cluster.default_number_of_replicas']).toBe('1');
});

test('vectors get a tenth of the memory, or what they are given, before the heap does', () => {
  const heap = (engine: OpenSearch): string | undefined => /^-Xmx(.*)$/m.exec(engine.plan({ ...REQUEST, memory: Size.gibibytes(2) }).files['jvm.options'] ?? '')?.[1];
  const limit = (engine: OpenSearch): string | undefined => engine.plan(REQUEST).files['with-opensearch-knn.yml'];
  expect(limit(OpenSearch.v3({ security: open }))).toBe('knn.memory.circuit_breaker.limit: "409mb"\n');
  expect(limit(OpenSearch.v3({ security: open, vectorMemory: Size.gibibytes(1) }))).toBe('knn.memory.circuit_breaker.limit: "1024mb"\n');
  expect(heap(OpenSearch.v3({ security: open }))).toBe(`${Math.floor((2048 - 316 - 204) / 1.55)}m`);
  expect(heap(OpenSearch.v3({ security: open, vectorMemory: Size.mebibytes(0) }))).toBe('1024m');
  expect(heap(OpenSearch.v3({ security: open, heap: Size.mebibytes(512) }))).toBe('512m');
});

test('its scripts are those of Elasticsearch but for the users', () => {
  const plan = OpenSearch.v3().plan(SECURE);
  expect(Object.keys(plan.scripts).sort()).toEqual(['access.sh', 'alive.sh', 'ask.sh', 'data.sh', 'ready.sh', 'renew.sh', 'start.sh', 'started.sh', 'volume.sh']);
  expect(plan.scripts['access.sh']).toContain('opensearch-security');
  expect(plan.scripts['renew.sh']).toContain('internalusers');
  expect(plan.environment).toMatchObject({ OPENSEARCH_PATH_CONF: '/run/opensearch/config', SERVER: 'opensearch', DATA_DIR: '/usr/share/opensearch/data/opensearch' });
});

test('who has no users is warned, and nobody else', () => {
  expect(OpenSearch.v2().warnings(SECURE)).toEqual([]);
  expect(OpenSearch.v3({ security: open }).warnings(REQUEST).map(({ code }) => code)).toEqual(['opensearch-no-authentication']);
});

test('a certificate and the security plugin come together or not at all', () => {
  const problems = (engine: OpenSearch, tls: boolean): string[] => engine.check({ ...REQUEST, tls }).map(({ path }) => path);
  expect([problems(OpenSearch.v3(), true), problems(OpenSearch.v3({ security: open }), false)]).toEqual([[], []]);
  expect([problems(OpenSearch.v3(), false), problems(OpenSearch.v3({ security: open }), true)]).toEqual([['tls'], ['tls']]);
});
