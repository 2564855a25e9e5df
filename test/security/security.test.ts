import { Credentials, Tls } from '../../lib';
import { checkCredentials } from '../../lib/security/credentials';
import { containerSecurity, podSecurity } from '../../lib/security/pod-security';
import { secretMount, secretVolume } from '../../lib/security/secret-files';
import { serviceAccount } from '../../lib/security/service-account';
import { checkTls } from '../../lib/security/tls';

const OWNER = { user: 999, group: 998 };
const NAME = 'a Kubernetes object name: lower-case letters, digits, "-" and ".", at most 253';

test('the pod meets the restricted standard, and does not change the owner of every file at every start', () => {
  expect(podSecurity(OWNER)).toEqual({
    fsGroup: 998, fsGroupChangePolicy: 'OnRootMismatch', runAsGroup: 998, runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('a container meets the restricted standard, and writes nowhere but in its volumes', () => {
  expect(containerSecurity(OWNER)).toEqual({
    allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false, readOnlyRootFilesystem: true, runAsGroup: 998,
    runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('a Secret is mounted as files that only the group can read, and only the keys that are needed', () => {
  const spec = { volume: 'credentials', secret: 'orders-credentials', keys: ['password', 'b'], path: '/secrets' };
  expect(secretVolume(spec)).toEqual({ name: 'credentials', secret: {
    secretName: 'orders-credentials', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }, { key: 'b', path: 'b' }] } });
  expect(secretMount(spec)).toEqual({ name: 'credentials', mountPath: '/secrets', readOnly: true });
});

test('the pods have no token for the API server', () => {
  expect(serviceAccount('orders', { team: 'shop' })).toEqual({
    apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'orders', labels: { team: 'shop' } }, automountServiceAccountToken: false,
  });
});

test('credentials are the name of a Secret, however they are given', () => {
  expect(Credentials.existingSecret('passwords')).toEqual(Credentials.secret({ name: 'passwords' }));
  expect(checkCredentials('credentials', Credentials.existingSecret('passwords'))).toEqual([]);
  expect(checkCredentials('credentials', Credentials.existingSecret('Passwords')))
    .toEqual([{ path: 'credentials.secretName', got: '"Passwords"', want: NAME }]);
});

test('TLS is not required, unless it is said', () => {
  expect([Tls.fromSecret('tls'), Tls.fromSecret('tls', {}), Tls.fromSecret('tls', { required: undefined })].map(({ required }) => required)).toEqual([false, false, false]);
  expect(Tls.fromSecret('tls', { required: true })).toMatchObject({ secretName: 'tls', required: true });
  expect(Tls.disabled()).toMatchObject({ secretName: undefined, required: false });
});

test('the name of a certificate\'s Secret is checked, where there is one', () => {
  expect(checkTls('tls', Tls.disabled())).toEqual([]);
  expect(checkTls('tls', Tls.fromSecret('tls'))).toEqual([]);
  expect(checkTls('tls', Tls.fromSecret(''))).toEqual([{ path: 'tls.secretName', got: '""', want: NAME }]);
});
