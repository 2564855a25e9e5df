import type { NetworkPolicy, NetworkPolicyEgressRule } from '../../imports/kubernetes/networking-v1';
import type { StringMap } from '../core/strings';
import { dns, outwards } from './network-policy';

/** A server that a Job talks to. */
export interface JobServer {
  /** The labels of its pods; it is anywhere if there are none. */
  readonly podLabels: StringMap | undefined;
  readonly port: number;
}

/** Whose traffic is governed, and with whom it talks. */
export interface JobPolicySpec {
  readonly name: string;
  readonly labels: StringMap;
  readonly selector: StringMap;
  readonly servers: JobServer[];
  /** TCP ports of what is outside, wherever that is. */
  readonly outwards: number[];
}

/** Nobody comes in; out go questions to the DNS, to the servers, and to the ports outside. */
export function jobPolicy(spec: JobPolicySpec): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: spec.name, labels: spec.labels },
    spec: {
      podSelector: { matchLabels: spec.selector },
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns(), ...spec.servers.map(toServer), ...outwards(spec.outwards)],
    },
  };
}

function toServer({ podLabels, port }: JobServer): NetworkPolicyEgressRule {
  const ports = [{ port, protocol: 'TCP' }];
  return podLabels === undefined ? { ports } : { to: [{ podSelector: { matchLabels: podLabels } }], ports };
}
