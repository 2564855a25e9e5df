import { JsonPatch, Size } from 'cdk8s';
import type { Volume } from '../../imports/kubernetes/core-v1';
import { Client, Credentials, DataSource, EndpointRole, Exposure, Postgres, SingleInstanceDb, Spread, Tls } from '../../lib';
import { apiObjects, database, find, newChart, objects, refusalOf, render, SMALLEST } from '../rendering';

test('the objects come in the order in which a person would apply them', () => {
  const names = render({
    network: { exposeOn: Exposure.nodePort(['10.0.0.0/8']) }, dataSource: DataSource.releasedVolumes({ data: 'pv' }),
  }).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(names).toEqual([
    'ServiceAccount orders', 'ConfigMap orders-config', 'ConfigMap orders-scripts', 'NetworkPolicy orders', 'Service orders-members', 'Service orders',
    'Service orders-external', 'PersistentVolumeClaim data-orders-0', 'StatefulSet orders',
  ]);
});

test('the ids of the objects are a contract: patches of users name them', () => {
  const db = database({ network: { exposeOn: Exposure.nodePort(['10.0.0.0/8']) }, dataSource: DataSource.releasedVolumes({ data: 'pv' }) });
  expect(apiObjects(db).map(({ node }) => node.path)).toEqual(
    ['ServiceAccount', 'Config', 'Scripts', 'NetworkPolicy', 'Members', 'Service', 'External', 'Claim0', 'Resource'].map(id => `test/orders/${id}`));
});

test('it says where clients connect, as whom, and where the password is', () => {
  const db = database({
    engine: Postgres.v17({ databases: [{ name: 'ledger', owner: 'books' }], roles: [{ name: 'auditor' }] }), credentials: Credentials.existingSecret('passwords'),
    tls: Tls.fromSecret('tls', { required: true }),
  });
  expect(db.primary).toEqual({ host: 'orders.shop.svc', port: 5432, role: EndpointRole.PRIMARY });
  expect(db.readers).toBe(db.primary);
  expect(db.members).toEqual([{ host: 'orders-0.orders-members.shop.svc', port: 5432, role: EndpointRole.MEMBER }]);
  expect(db.credentials).toEqual({ secretName: 'passwords', passwordKeys: { books: 'password', auditor: 'auditor-password' } });
  expect(db.connection).toEqual({
    scheme: 'postgresql', host: 'orders.shop.svc', port: 5432, database: 'ledger', username: 'books', secretName: 'passwords', passwordKey: 'password', tlsRequired: true,
  });
  expect(db.databaseName).toBe('orders');
});

test('in a chart without a namespace, hosts are named as far as they are known', () => {
  const db = new SingleInstanceDb(newChart({}), 'orders', SMALLEST);
  expect([db.primary.host, db.members[0]?.host]).toEqual(['orders', 'orders-0.orders-members']);
});

test('the StatefulSet can be patched', () => {
  const db = database();
  db.apiObject.addJsonPatch(JsonPatch.replace('/spec/revisionHistoryLimit', 3));
  expect(find(objects(db), 'StatefulSet').spec.revisionHistoryLimit).toBe(3);
});

test('the pod has the labels by which everything finds it, and those of its group', () => {
  const { spec } = find(render({ scheduling: { spread: Spread.preferred('fleet') }, podMetadata: { labels: { team: 'shop' } }, labels: { team: 'all', tier: 'db' } }), 'StatefulSet');
  expect(spec.template.metadata.labels).toEqual({
    ...spec.selector.matchLabels, 'app.kubernetes.io/managed-by': 'cdk8s-stateful', 'cdk8s-stateful/spread-group': 'fleet', 'team': 'all', 'tier': 'db',
  });
});

test('claims have only labels that never change', () => {
  const { spec } = find(render({ labels: { team: 'shop' } }), 'StatefulSet');
  expect(spec.volumeClaimTemplates).toMatchObject([{ metadata: { labels: spec.selector.matchLabels } }]);
  expect(Object.keys(spec.volumeClaimTemplates[0].metadata.labels as object)).not.toContain('team');
});

test('only the keys that the server reads are mounted, and certificates where there are some', () => {
  const secrets = (props: object): unknown => (find(render(props), 'StatefulSet').spec.template.spec.volumes as Volume[])
    .flatMap(({ secret }) => (secret === undefined ? [] : [[secret.secretName, secret.items?.map(({ key }) => key)]]));
  expect(secrets({})).toEqual([['orders-credentials', ['password']]]);
  const roles = [{ name: 'a', passwordKey: 'one' }, { name: 'b', passwordKey: 'one' }];
  expect(secrets({ engine: Postgres.v17({ roles }), tls: Tls.fromSecret('tls') }))
    .toEqual([['orders-credentials', ['password', 'one']], ['tls', ['tls.crt', 'tls.key']]]);
});

test('a client that is let in later is refused as it would have been at once', () => {
  const db = database();
  expect(refusalOf(() => db.allowFrom(Client.namespace('jobs'), Client.pods({}))))
    .toBe('allowFrom of SingleInstanceDb "test/orders" is not valid:\n  - clients[1].podLabels: got {}, want at least one label; for every pod of a namespace use Client.namespace(…)');
  expect(find(objects(db), 'NetworkPolicy').spec).not.toHaveProperty('ingress');
});

test('the commands that grow the volumes are those of its own', () => {
  expect(database({ storage: { size: Size.gibibytes(80), wal: { size: Size.gibibytes(2) } } }).growthCommands()).toEqual([
    'kubectl --namespace shop patch persistentvolumeclaim data-orders-0 --type merge --patch \'{"spec":{"resources":{"requests":{"storage":"80Gi"}}}}\'',
    'kubectl --namespace shop patch persistentvolumeclaim wal-orders-0 --type merge --patch \'{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}\'',
    'kubectl --namespace shop delete statefulset orders --cascade=orphan --ignore-not-found',
  ]);
  expect(database().adoptionCommands()).toEqual([]);
  expect(database({ dataSource: DataSource.releasedVolumes({ data: 'pv-1' }) }).adoptionCommands()).toEqual([
    'kubectl patch persistentvolume pv-1 --type merge --patch \'{"spec":{"claimRef":{"name":"data-orders-0","namespace":"shop","uid":null,"resourceVersion":null}}}\'',
  ]);
});

test('a warning of the engine is shown, and is in no manifest', () => {
  const emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const db = database({ engine: Postgres.v14() });
  expect(emitted.mock.calls).toEqual([[
    'test/orders: PostgreSQL 14 gets no fixes since 2026-11-12; move to a later version (postgres-end-of-life)', { type: 'cdk8s-stateful', code: 'postgres-end-of-life' }]]);
  expect(JSON.stringify(objects(db))).not.toContain('no fixes');
  emitted.mockRestore();
});
