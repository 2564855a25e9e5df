import { App, Chart } from 'cdk8s';
import { checkDatabaseName, checkOwnKeys, claimName, databaseNames, databaseObjects, objectLabels, OWN_KEYS, selectorLabels } from '../../lib/core/names';
import { reserve } from '../../lib/core/reservations';

const WANT = 'lower-case letters, digits and "-", beginning with a letter, at most 52 characters';
const REMEDY = 'set `name`; it is never shortened or changed, because a changed name is a new, empty database';

test('the names of the objects are a contract: to change one is to lose data or clients', () => {
  expect(databaseNames('orders')).toEqual({
    statefulSet: 'orders',
    service: 'orders',
    headlessService: 'orders-members',
    externalService: 'orders-external',
    config: 'orders-config',
    scripts: 'orders-scripts',
    serviceAccount: 'orders',
    networkPolicy: 'orders',
    disruptionBudget: 'orders',
    credentials: 'orders-credentials',
  });
});

test('a claim has the name that a StatefulSet looks for', () => {
  expect(claimName('data', 'orders', 0)).toBe('data-orders-0');
});

test('the selector is a contract: it is immutable in the cluster', () => {
  expect(selectorLabels('postgres', 'orders')).toEqual({
    'app.kubernetes.io/name': 'postgres', 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/component': 'database',
  });
});

test('a label of the user never replaces one of the library', () => {
  expect(objectLabels('postgres', 'orders', { 'app.kubernetes.io/name': 'mine', 'team': 'shop' })).toEqual({
    ...selectorLabels('postgres', 'orders'), 'team': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s-stateful',
  });
});

test.each([
  'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component', 'app.kubernetes.io/managed-by',
  OWN_KEYS.files, OWN_KEYS.spreadGroup, 'kubectl.kubernetes.io/default-container',
])('%s is refused as a key of the user', key => {
  expect(checkOwnKeys('labels', { [key]: 'mine', team: 'shop' }))
    .toEqual([{ path: `labels.${key}`, got: '"mine"', want: 'another key: this one is the library\'s own' }]);
});

test.each(['a', 'orders', 'orders-2', 'x0', 'a'.repeat(52), 'null', 'true', 'y'])('%s is a name', name => {
  expect(checkDatabaseName('name', name)).toEqual([]);
});

test.each(['', '-a', 'a-', '0a', 'Orders', 'a.b', 'a_b', 'a b', 'ä', 'a\n', 'a'.repeat(53), 'a/b'])('%j is refused, and not made to fit', name => {
  expect(checkDatabaseName('name', name)).toEqual([{ path: 'name', got: JSON.stringify(name), want: WANT, remedy: REMEDY }]);
});

describe('within one app', () => {
  const reserved = (...names: readonly (readonly [namespace: string | undefined, name: string])[]): ReturnType<typeof reserve> => {
    const chart = new Chart(new App(), 'shop');
    return names.flatMap(([namespace, name]) => reserve(chart, namespace, name, databaseObjects(name)));
  };
  const clash = (got: string, object: string): object => ({
    path: 'name', got, want: 'a name of its own in the namespace', remedy: `the ${object} belongs to "shop"`,
  });

  test.each([
    ['orders', 'orders', 'StatefulSet "orders"'],
    ['orders', 'orders-members', 'Service "orders-members"'],
    ['orders-members', 'orders', 'Service "orders-members"'],
    ['orders', 'orders-external', 'Service "orders-external"'],
    ['orders-external', 'orders', 'Service "orders-external"'],
  ])('%s and then %s would share an object', (first, second, object) => {
    expect(reserved(['ns', first], ['ns', second])).toEqual([clash(JSON.stringify(second), object)]);
  });

  test.each([['orders', 'orders-config'], ['orders', 'orders-credentials'], ['orders', 'orders-0'], ['orders', 'order'], ['a', 'a-a']])(
    '%s and %s share nothing', (first, second) => {
      expect(reserved(['ns', first], ['ns', second])).toEqual([]);
    });

  test('the same name in two namespaces is two databases', () => {
    expect(reserved(['one', 'orders'], ['two', 'orders'], [undefined, 'orders'])).toEqual([]);
  });

  test('a refused name takes nothing from others', () => {
    expect(reserved(['ns', 'orders-members'], ['ns', 'orders'], ['ns', 'orders-external'])).toHaveLength(1);
  });

  test('two apps have nothing to do with each other', () => {
    expect([reserved(['ns', 'orders']), reserved(['ns', 'orders'])]).toEqual([[], []]);
  });
});
