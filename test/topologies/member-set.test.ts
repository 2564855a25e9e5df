import { Size } from 'cdk8s';
import type { StatefulSet } from '../../imports/kubernetes/apps-v1';
import { Cpu, Credentials, DatabaseProps, DataSource, ImagePullPolicy, OnDelete, Postgres, Tls } from '../../lib';
import { resolveDatabase } from '../../lib/topologies/database-spec';
import { memberSet } from '../../lib/topologies/member-set';

const MEMORY = Size.gibibytes(4);

function members(props: Partial<DatabaseProps> = {}, replicas: number = 1): StatefulSet {
  const engine = Postgres.v17();
  const spec = resolveDatabase('orders', engine, { storage: { size: Size.gibibytes(50) }, ...props });
  return memberSet(spec, engine.plan(spec.request), replicas);
}

function containersOf(set: StatefulSet): NonNullable<NonNullable<NonNullable<StatefulSet['spec']>['template']['spec']>['containers']> {
  return set.spec?.template.spec?.containers ?? [];
}

test('the members are found by the names and labels that everything else has', () => {
  const { metadata, spec } = members({ labels: { team: 'shop' }, annotations: { note: 'mine' } }, 3);
  const selector = { 'app.kubernetes.io/name': 'postgres', 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/component': 'database' };
  expect(metadata).toEqual({ name: 'orders', labels: { ...selector, 'team': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s-stateful' }, annotations: { note: 'mine' } });
  expect(spec).toMatchObject({ replicas: 3, selector: { matchLabels: selector }, serviceName: 'orders-members' });
});

test('the pod is what was asked for', () => {
  const { spec } = members({
    shutdownTimeout: undefined, imagePullSecrets: ['registry'], podMetadata: { annotations: { note: 'mine' } }, scheduling: { priorityClass: 'high' },
  });
  expect(spec?.template.metadata?.annotations).toEqual({
    'note': 'mine', 'kubectl.kubernetes.io/default-container': 'postgres', 'cdk8s-stateful/files': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(spec?.template.spec).toMatchObject({
    serviceAccountName: 'orders', terminationGracePeriodSeconds: 311, imagePullSecrets: [{ name: 'registry' }], priorityClassName: 'high',
    securityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
  });
});

test('the server has the memory and the processor that it was given, and room for its folders', () => {
  const [server, companion] = containersOf(members({ resources: { memory: MEMORY, cpu: Cpu.units(2), cpuLimit: Cpu.units(4) }, imagePullPolicy: ImagePullPolicy.ALWAYS }));
  expect(server?.resources).toEqual({
    requests: { 'cpu': '2', 'memory': '4Gi', 'ephemeral-storage': '208Mi' }, limits: { 'cpu': '4', 'memory': '4Gi', 'ephemeral-storage': '208Mi' } });
  expect(companion?.resources).toEqual({
    requests: { 'cpu': '10m', 'memory': '64Mi', 'ephemeral-storage': '128Mi' }, limits: { 'cpu': '100m', 'memory': '64Mi', 'ephemeral-storage': '128Mi' } });
  expect([server, companion].map(each => each?.imagePullPolicy)).toEqual(['Always', 'Always']);
  expect(containersOf(members()).map(each => each.resources?.limits?.cpu)).toEqual([undefined, undefined]);
});

test('the server alone has the secrets', () => {
  const set = members({ tls: Tls.fromSecret('certificate'), credentials: Credentials.existingSecret('passwords') });
  const mounted = containersOf(set).map(({ volumeMounts }) => volumeMounts?.map(({ name }) => name).filter(name => ['credentials', 'tls'].includes(name)));
  expect(mounted).toEqual([['credentials', 'tls'], []]);
  expect(set.spec?.template.spec?.volumes).toEqual(expect.arrayContaining([
    { name: 'credentials', secret: { secretName: 'passwords', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }] } },
    { name: 'tls', secret: { secretName: 'certificate', defaultMode: 0o440, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] } },
  ]));
});

test('the log is mounted where it has a volume', () => {
  const volumes = (props: Partial<DatabaseProps>): unknown => containersOf(members(props))[0]?.volumeMounts?.filter(({ name }) => ['data', 'wal'].includes(name));
  expect(volumes({})).toEqual([{ name: 'data', mountPath: '/var/lib/postgresql' }]);
  expect(volumes({ storage: { size: MEMORY, wal: { size: MEMORY } } }))
    .toEqual([{ name: 'data', mountPath: '/var/lib/postgresql' }, { name: 'wal', mountPath: '/var/lib/postgresql-wal' }]);
});

test('the claims are kept, unless their loss was accepted', () => {
  const kept = members();
  const lost = members({ storage: { size: MEMORY, onDelete: OnDelete.deleteData({ iAcceptDataLoss: true }) } });
  expect([kept, lost].map(({ spec }) => spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted)).toEqual(['Retain', 'Delete']);
  expect([kept, lost].map(({ spec }) => Object.keys(spec?.volumeClaimTemplates?.[0]?.metadata?.annotations ?? {}).length)).toEqual([3, 0]);
});

test('claims that exist are mounted by their names', () => {
  const { spec } = members({ dataSource: DataSource.existingClaims({ data: 'old' }) });
  expect(spec?.template.spec?.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'old' } });
  expect(spec).not.toHaveProperty('volumeClaimTemplates');
});
