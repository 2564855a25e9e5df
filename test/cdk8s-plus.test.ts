import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Client, Credentials, SingleInstanceDb } from '../lib';
import { database, find, newChart, objects, refusalOf, render, SMALLEST } from './rendering';

const MEMORY = Size.gibibytes(2);

function deployment(scope: Chart): kplus.Deployment {
  return new kplus.Deployment(scope, 'api', { containers: [{ image: 'api:1' }] });
}

test('a Secret of cdk8s-plus is taken for the credentials', () => {
  const chart = newChart();
  const secret = new kplus.Secret(chart, 'passwords', { metadata: { name: 'passwords' } });
  const db = new SingleInstanceDb(chart, 'orders', { ...SMALLEST, credentials: Credentials.secret(secret) });
  expect(db.credentials.secretName).toBe('passwords');
  expect(find(objects(chart), 'StatefulSet').spec.template.spec.volumes).toContainEqual(
    { name: 'credentials', secret: { secretName: 'passwords', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }] } });
});

test('a Secret without a name of its own is found by the one that cdk8s gives it', () => {
  const chart = newChart();
  const secret = new kplus.Secret(chart, 'passwords');
  const db = new SingleInstanceDb(chart, 'orders', { ...SMALLEST, credentials: Credentials.secret(secret) });
  expect(db.credentials.secretName).toMatch(/^test-passwords-c[0-9a-f]{7}$/);
  expect(find(objects(chart), 'Secret').metadata.name).toBe(db.credentials.secretName);
});

test('an imported Secret is taken, and no Secret is made', () => {
  const chart = newChart();
  const imported = kplus.Secret.fromSecretName(chart, 'imported', 'shared-passwords');
  const db = new SingleInstanceDb(chart, 'orders', { ...SMALLEST, credentials: Credentials.secret(imported) });
  expect(db.connection.secretName).toBe('shared-passwords');
  expect(objects(chart).map(({ kind }) => kind)).not.toContain('Secret');
});

test('the pods of a workload in the same namespace are let in', () => {
  const db = database();
  const workload = deployment(Chart.of(db));
  db.allowFrom(Client.workload(workload));
  const all = objects(db);
  const [rule] = find(all, 'NetworkPolicy').spec.ingress;
  expect(rule.from).toEqual([{
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
    podSelector: { matchLabels: find(all, 'Deployment').spec.selector.matchLabels },
  }]);
  expect(find(all, 'Deployment').spec.template.metadata.labels).toMatchObject(rule.from[0].podSelector.matchLabels);
  expect(rule.from[0].podSelector.matchLabels).not.toEqual({});
});

test('the pods of a workload in another namespace are let in from there', () => {
  const db = database();
  const jobs = new Chart(db.node.root, 'jobs', { namespace: 'jobs' });
  db.allowFrom(Client.workload(deployment(jobs)));
  const [rule] = find(objects(db), 'NetworkPolicy').spec.ingress;
  expect(rule.from).toEqual([{
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'jobs' } },
    podSelector: { matchLabels: find(objects(jobs), 'Deployment').spec.selector.matchLabels },
  }]);
});

test('where no namespace is known, the pods of a workload are those beside the database', () => {
  const chart = newChart({});
  const db = new SingleInstanceDb(chart, 'orders', { ...SMALLEST, network: { allowFrom: [Client.workload(deployment(chart))] } });
  const [rule] = find(objects(db), 'NetworkPolicy').spec.ingress;
  expect(Object.keys(rule.from[0] as object)).toEqual(['podSelector']);
});

test.each([
  ['a StatefulSet', (chart: Chart) => new kplus.StatefulSet(chart, 'api', {
    containers: [{ image: 'api:1' }], service: new kplus.Service(chart, 'service', { ports: [{ port: 80 }] }) })],
  ['a DaemonSet', (chart: Chart) => new kplus.DaemonSet(chart, 'api', { containers: [{ image: 'api:1' }] })],
] as const)('%s is a workload as well', (_kind, make) => {
  const db = database();
  db.allowFrom(Client.workload(make(Chart.of(db))));
  expect(find(objects(db), 'NetworkPolicy').spec.ingress[0].from[0].podSelector.matchLabels).not.toEqual({});
});

test('a workload that selects no pods lets nobody in', () => {
  const db = database();
  const workload = new kplus.Deployment(Chart.of(db), 'api', { containers: [{ image: 'api:1' }], select: false });
  expect(refusalOf(() => db.allowFrom(Client.workload(workload)))).toBe(
    'allowFrom of SingleInstanceDb "test/orders" is not valid:\n  - clients[0].podLabels: got {}, want at least one label; for every pod of a namespace use Client.namespace(…)');
});

test.each([
  [kplus.Cpu.millis(500), '500m'], [kplus.Cpu.units(2), '2'], [kplus.Cpu.millis(1500), '1500m'], [kplus.Cpu.units(0.25), '250m'],
])('%j of cdk8s-plus is %s', (cpu, written) => {
  const [server] = find(render({ resources: { memory: MEMORY, cpu, cpuLimit: cpu } }), 'StatefulSet').spec.template.spec.containers;
  expect([server.resources.requests.cpu, server.resources.limits.cpu]).toEqual([written, written]);
});

test('a processor of nothing is refused, whoever made it', () => {
  expect(refusalOf(() => database({ resources: { memory: MEMORY, cpu: kplus.Cpu.millis(0) } })))
    .toBe('SingleInstanceDb "test/orders" is not valid:\n  - resources.cpu: got "0m", want a positive amount, such as Cpu.millis(500) or Cpu.units(2)');
});

test('the database is an object of the same chart as everything else', () => {
  const chart = newChart();
  new kplus.Namespace(chart, 'namespace', { metadata: { name: 'shop' } });
  const db = new SingleInstanceDb(chart, 'orders', SMALLEST);
  const api = deployment(chart);
  const secret = kplus.Secret.fromSecretName(chart, 'passwords', db.connection.secretName);
  api.containers[0]?.env.addVariable('PGPASSWORD', kplus.EnvValue.fromSecretValue({ secret, key: db.connection.passwordKey }));
  api.containers[0]?.env.addVariable('PGHOST', kplus.EnvValue.fromValue(db.connection.host));
  const [container] = find(objects(chart), 'Deployment').spec.template.spec.containers;
  expect(container.env).toEqual([
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'orders-credentials', key: 'password' } } }, { name: 'PGHOST', value: 'orders.shop.svc' }]);
});
