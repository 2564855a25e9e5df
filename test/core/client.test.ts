import { checkClients, Client } from '../../lib/core/client';

const RANGE = 'an address range such as "10.0.0.0/8" or "fd00::/8"';

test('each way to name a client selects what it says', () => {
  expect(Client.pods({ app: 'api' })).toMatchObject({ podLabels: { app: 'api' }, namespaceLabels: undefined, range: undefined });
  expect(Client.podsIn('jobs', { app: 'api' })).toMatchObject({ podLabels: { app: 'api' }, namespaceLabels: { 'kubernetes.io/metadata.name': 'jobs' } });
  expect(Client.namespace('jobs')).toMatchObject({ podLabels: undefined, namespaceLabels: { 'kubernetes.io/metadata.name': 'jobs' } });
  expect(Client.namespacesWith({ team: 'shop' })).toMatchObject({ podLabels: undefined, namespaceLabels: { team: 'shop' } });
  expect(Client.addresses('10.0.0.0/8', '10.1.0.0/16')).toMatchObject({ range: '10.0.0.0/8', except: ['10.1.0.0/16'], podLabels: undefined });
});

test('every kind of client is accepted', () => {
  const clients = [Client.pods({ a: 'b' }), Client.podsIn('n', { a: 'b' }), Client.namespace('n'), Client.namespacesWith({ a: 'b' }), Client.addresses('::/0', 'fd00::/8')];
  expect(checkClients('clients', clients)).toEqual([]);
});

test('a client that selects everything or nothing by mistake is refused', () => {
  expect(checkClients('clients', [Client.pods({}), Client.namespacesWith({}), Client.namespace(''), Client.podsIn('', { a: 'b' })])).toEqual([
    { path: 'clients[0].podLabels', got: '{}', want: 'at least one label', remedy: 'for every pod of a namespace use Client.namespace(…)' },
    { path: 'clients[1].namespaceLabels', got: '{}', want: 'at least one label', remedy: 'for every pod of a namespace use Client.namespace(…)' },
    { path: 'clients[2]', got: '""', want: 'the name of a namespace' },
    { path: 'clients[3]', got: '""', want: 'the name of a namespace' },
  ]);
});

test('ranges and their exceptions are refused one by one', () => {
  expect(checkClients('clients', [Client.addresses('10.0.0.0'), Client.addresses('10.0.0.0/8', '10.0.0.0/99', 'x')])).toEqual([
    { path: 'clients[0]', got: '"10.0.0.0"', want: RANGE },
    { path: 'clients[1]', got: '"10.0.0.0/99"', want: RANGE },
    { path: 'clients[1]', got: '"x"', want: RANGE },
  ]);
});

test('labels that no pod and no namespace can have are refused', () => {
  expect(checkClients('clients', [Client.podsIn('a b', { 'a b': 'c' })]).map(({ path }) => path))
    .toEqual(['clients[0].podLabels."a b"', 'clients[0].namespaceLabels.kubernetes.io/metadata.name']);
});
