import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Client, Credentials, Postgres, SingleInstanceDb, SingleInstanceDbProps } from '../../lib';
import { database, newChart, objects, Rendered, render, SMALLEST } from '../rendering';

function inside(make: (chart: Chart) => unknown): Rendered[] {
  const chart = newChart();
  make(chart);
  return objects(chart);
}

const EXPECTED = render();

test('the expected objects are some', () => {
  expect(EXPECTED.map(({ kind }) => kind)).toContain('StatefulSet');
});

test('a name is worth as much as an id', () => {
  expect(inside(chart => new SingleInstanceDb(chart, 'anything', { ...SMALLEST, name: 'orders' }))).toEqual(EXPECTED);
});

test('moving a database in the tree changes nothing', () => {
  expect(inside(chart => new SingleInstanceDb(new Construct(new Construct(chart, 'a'), 'b'), 'orders', SMALLEST))).toEqual(EXPECTED);
});

test('the name of the chart changes nothing', () => {
  expect(objects(new SingleInstanceDb(new Chart(new App(), 'another', { namespace: 'shop' }), 'orders', SMALLEST))).toEqual(EXPECTED);
});

test('what stands beside it changes nothing', () => {
  const all = inside(chart => {
    new ApiObject(chart, 'before', { apiVersion: 'v1', kind: 'Namespace' });
    new SingleInstanceDb(chart, 'orders', SMALLEST);
    new SingleInstanceDb(chart, 'ledger', SMALLEST);
  });
  expect(all.slice(1, 1 + EXPECTED.length)).toEqual(EXPECTED);
  expect(all).toHaveLength(1 + 2 * EXPECTED.length);
});

test('a client may be named at once or later, in any number of calls', () => {
  const clients = [Client.pods({ app: 'api' }), Client.namespace('jobs'), Client.addresses('10.0.0.0/8')] as const;
  const expected = render({ network: { allowFrom: [...clients] } });
  const later = database();
  later.allowFrom(...clients);
  const oneByOne = database({ network: { allowFrom: [clients[0]] } });
  oneByOne.allowFrom(clients[1]);
  oneByOne.allowFrom(clients[2]);
  expect([objects(later), objects(oneByOne)]).toEqual([expected, expected]);
  expect(expected).not.toEqual(EXPECTED);
});

test('a list of clients that the user changes later changes nothing', () => {
  const allowFrom = [Client.namespace('jobs')];
  const db = database({ network: { allowFrom } });
  allowFrom.push(Client.namespace('others'));
  db.allowFrom();
  expect(objects(db)).toEqual(render({ network: { allowFrom: [Client.namespace('jobs')] } }));
});

test.each<readonly [spelling: string, props: Partial<SingleInstanceDbProps>]>([
  ['the major as text', { engine: Postgres.of('17') }],
  ['no options', { engine: Postgres.v17({}) }],
  ['the default database', { engine: Postgres.v17({ databases: [{ name: 'app' }] }) }],
  ['the default owner', { engine: Postgres.v17({ databases: [{ name: 'app', owner: 'app' }], roles: [] }) }],
  ['the default role', { engine: Postgres.v17({ roles: [{ name: 'app', passwordKey: 'password', login: true }] }) }],
  ['the default Secret', { credentials: Credentials.existingSecret('orders-credentials') }],
  ['empty groups', { scheduling: {}, network: {}, sizing: {}, podMetadata: {}, settings: {}, labels: {}, annotations: {}, imagePullSecrets: [] }],
  ['undefined', { scheduling: undefined, network: undefined, sizing: undefined, resources: undefined, name: undefined, image: undefined, gitOps: undefined }],
])('%s is no word', (_spelling, props) => {
  expect(render(props)).toEqual(EXPECTED);
});

test('the same program twice is the same text', () => {
  expect(JSON.stringify(render())).toBe(JSON.stringify(EXPECTED));
});

test('the order in which the user writes maps changes nothing', () => {
  const both = (keys: string[]): string => {
    const map = Object.fromEntries(keys.map(key => [key, key]));
    return JSON.stringify(render({ settings: { [`${keys[0]}.x`]: '1', [`${keys[1]}.x`]: '1' }, labels: map, podMetadata: { labels: map, annotations: map }, annotations: map }));
  };
  expect(both(['b', 'a'])).not.toBe(JSON.stringify(EXPECTED));
  expect(both(['b', 'a'])).toBe(both(['a', 'b']));
});
