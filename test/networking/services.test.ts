import { Client, Exposure } from '../../lib';
import { checkNetwork, resolveNetwork } from '../../lib/networking/props';
import { clientService, externalService, headlessService } from '../../lib/networking/services';

const SPEC = {
  name: 'orders', labels: { team: 'shop' }, selector: { instance: 'orders' },
  ports: [{ name: 'sql', port: 5432, forClients: true }, { name: 'peers', port: 7000, forClients: false }],
};
const SQL = { name: 'sql', port: 5432, protocol: 'TCP', targetPort: 'sql' };
const PEERS = { name: 'peers', port: 7000, protocol: 'TCP', targetPort: 'peers' };
const HEAD = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'orders', labels: { team: 'shop' } } };

test('members find each other before they are ready, on every port', () => {
  expect(headlessService(SPEC)).toEqual({
    ...HEAD, spec: { clusterIP: 'None', ports: [SQL, PEERS], publishNotReadyAddresses: true, selector: { instance: 'orders' } } });
});

test('clients reach ready members alone, on the first port', () => {
  expect(clientService(SPEC)).toEqual({ ...HEAD, spec: { type: 'ClusterIP', ports: [SQL], selector: { instance: 'orders' } } });
});

test('a load balancer lets in its sources, whose addresses it keeps', () => {
  const exposure = Exposure.loadBalancer(['203.0.113.0/24'], { annotations: { 'cloud/internal': 'true' }, loadBalancerClass: 'nlb' });
  expect(externalService(SPEC, exposure)).toEqual({
    ...HEAD, metadata: { ...HEAD.metadata, annotations: { 'cloud/internal': 'true' } },
    spec: {
      type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['203.0.113.0/24'], loadBalancerClass: 'nlb',
      ports: [SQL], selector: { instance: 'orders' },
    },
  });
});

test('a node port is the one that was asked for, or the cluster\'s choice', () => {
  expect(externalService(SPEC, Exposure.nodePort(['203.0.113.0/24'], 30_432)))
    .toEqual({ ...HEAD, spec: { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ ...SQL, nodePort: 30_432 }], selector: { instance: 'orders' } } });
  expect(externalService(SPEC, Exposure.nodePort(['203.0.113.0/24'])).spec?.ports).toEqual([SQL]);
});

test('nobody is let in without a word, and whoever it is exposed to is let in', () => {
  expect(resolveNetwork({})).toEqual({ clients: [], exposure: undefined });
  const exposeOn = Exposure.nodePort(['203.0.113.0/24']);
  expect(resolveNetwork({ allowFrom: [Client.namespace('jobs')], exposeOn }))
    .toEqual({ clients: [Client.namespace('jobs'), Client.addresses('203.0.113.0/24')], exposure: exposeOn });
});

test('what is wrong is found where it was written', () => {
  const exposeOn = Exposure.loadBalancer(['everywhere'], { annotations: { 'a b': '' }, loadBalancerClass: '' });
  expect(checkNetwork(resolveNetwork({ allowFrom: [Client.addresses('here')], exposeOn })).map(({ path, got }) => [path, got])).toEqual([
    ['network.allowFrom[0]', '"here"'],
    ['network.exposeOn.sources[0]', '"everywhere"'],
    ['network.exposeOn.annotations."a b"', 'this key'],
    ['network.exposeOn.loadBalancerClass', '""'],
  ]);
});

test.each([[30_000], [32_767], [undefined]])('the node port may be %p', port => {
  expect(checkNetwork(resolveNetwork({ exposeOn: Exposure.nodePort(['::/0'], port) }))).toEqual([]);
});

test.each([29_999, 32_768, 30_000.5, Number.NaN])('the node port is not %p', port => {
  expect(checkNetwork(resolveNetwork({ exposeOn: Exposure.nodePort(['::/0'], port) })))
    .toEqual([{ path: 'network.exposeOn.nodePort', got: `${port}`, want: 'a port from 30000 to 32767' }]);
});

test('an exposure says to whom', () => {
  expect(checkNetwork(resolveNetwork({ exposeOn: Exposure.loadBalancer([]) })))
    .toEqual([{ path: 'network.exposeOn.sources', got: '[]', want: 'at least one address range' }]);
});
