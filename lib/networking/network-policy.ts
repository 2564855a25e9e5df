import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicySpec } from '../../imports/kubernetes/networking-v1';
import type { Client } from '../core/client';
import type { PortPlan } from '../core/member-plan';
import type { StringMap } from '../core/strings';

/** Whose traffic is governed. */
export interface NetworkPolicySpecification {
  readonly name: string;
  readonly labels: StringMap;
  readonly selector: StringMap;
  readonly ports: PortPlan[];
  /** TCP ports that the pods may talk to, wherever they are; the addresses of a store of backups are not known. */
  readonly outwards?: number[];
}

/** Nothing comes in but the clients, nothing goes out but questions to the cluster's DNS. */
export function networkPolicy(spec: NetworkPolicySpecification, clients: Client[]): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: spec.name, labels: spec.labels },
    spec: networkPolicySpec(spec, clients),
  };
}

/**
 * The rules. Without a client there is no rule, which lets nobody in.
 *
 * An empty list would mean the same, but the API server leaves it out, and every `kubectl apply` would be a change.
 */
export function networkPolicySpec(spec: NetworkPolicySpecification, clients: Client[]): NetworkPolicySpec {
  const ports = spec.ports.filter(({ forClients }) => forClients).map(({ port }) => ({ port, protocol: 'TCP' }));
  return {
    podSelector: { matchLabels: spec.selector },
    policyTypes: ['Ingress', 'Egress'],
    ...(clients.length === 0 ? {} : { ingress: [{ from: clients.map(peer), ports }] }),
    egress: [dns(), ...outwards(spec.outwards ?? [])],
  };
}

/** Rules that let traffic out to these ports anywhere. */
export function outwards(ports: number[]): NetworkPolicyEgressRule[] {
  return ports.length === 0 ? [] : [{ ports: ports.map(port => ({ port, protocol: 'TCP' })) }];
}

function peer(client: Client): NetworkPolicyPeer {
  if (client.range !== undefined) {
    return { ipBlock: { cidr: client.range, ...(client.except.length === 0 ? {} : { except: client.except }) } };
  }
  return {
    ...(client.namespaceLabels === undefined ? {} : { namespaceSelector: { matchLabels: client.namespaceLabels } }),
    ...(client.podLabels === undefined ? {} : { podSelector: { matchLabels: client.podLabels } }),
  };
}

// The label that kubeadm and the managed clusters give to their DNS, whatever the program is.
export function dns(): NetworkPolicyEgressRule {
  return {
    to: [{
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    }],
    ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }],
  };
}
