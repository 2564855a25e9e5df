import { Client } from '../../lib';
import { networkPolicy, networkPolicySpec } from '../../lib/networking/network-policy';

const SPEC = {
  name: 'orders', labels: { team: 'shop' }, selector: { instance: 'orders' },
  ports: [{ name: 'sql', port: 5432, forClients: true }, { name: 'peers', port: 7000, forClients: false }],
};

test('without a client nobody comes in, and nothing goes out but questions to the DNS', () => {
  expect(networkPolicy(SPEC, [])).toEqual({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'orders', labels: { team: 'shop' } },
    spec: {
      podSelector: { matchLabels: { instance: 'orders' } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [{
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
        ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
      }],
    },
  });
});

test('each client comes in as it was named, on the port for clients alone', () => {
  const clients = [
    Client.pods({ app: 'api' }), Client.podsIn('jobs', { app: 'job' }), Client.namespace('jobs'), Client.namespacesWith({ team: 'shop' }),
    Client.addresses('10.0.0.0/8'), Client.addresses('10.0.0.0/8', '10.1.0.0/16'),
  ];
  const jobs = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'jobs' } } };
  expect(networkPolicySpec(SPEC, clients).ingress).toEqual([{
    from: [
      { podSelector: { matchLabels: { app: 'api' } } },
      { ...jobs, podSelector: { matchLabels: { app: 'job' } } },
      jobs,
      { namespaceSelector: { matchLabels: { team: 'shop' } } },
      { ipBlock: { cidr: '10.0.0.0/8' } },
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
    ],
    ports: [{ port: 5432, protocol: 'TCP' }],
  }]);
});
