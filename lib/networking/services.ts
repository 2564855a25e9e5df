import type { Service } from '../../imports/kubernetes/core-v1';
import type { PortPlan } from '../core/member-plan';
import type { StringMap } from '../core/strings';
import type { Exposure } from './exposure';

/** Which pods a Service leads to, and on which ports. */
export interface ServiceSpec {
  readonly name: string;
  readonly labels: StringMap;
  readonly selector: StringMap;
  readonly ports: PortPlan[];
}

/** Gives every member a DNS name, also before it is ready: members have to find each other to become so. */
export function headlessService(spec: ServiceSpec): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: spec.name, labels: spec.labels },
    spec: { clusterIP: 'None', ports: spec.ports.map(servicePort), publishNotReadyAddresses: true, selector: spec.selector },
  };
}

/** The address for clients, which leads to ready members alone. */
export function clientService(spec: ServiceSpec): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: spec.name, labels: spec.labels },
    spec: { type: 'ClusterIP', ports: clientPorts(spec), selector: spec.selector },
  };
}

/** The address for clients outside the cluster. */
export function externalService(spec: ServiceSpec, exposure: Exposure): Service {
  const annotations = exposure.annotations;
  const isLoadBalancer = exposure.type === 'LoadBalancer';
  const nodePort = exposure.port === undefined ? {} : { nodePort: exposure.port };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: spec.name, labels: spec.labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      type: exposure.type,
      // Keeps the clients' addresses, by which the network policy judges them.
      externalTrafficPolicy: 'Local',
      ...(isLoadBalancer ? { loadBalancerSourceRanges: exposure.sources } : {}),
      ...(exposure.loadBalancerClass === undefined ? {} : { loadBalancerClass: exposure.loadBalancerClass }),
      // One port: a fixed node port is for one, and the others of a server are for its own tools.
      ports: clientPorts(spec).slice(0, 1).map(port => ({ ...port, ...nodePort })),
      selector: spec.selector,
    },
  };
}

function clientPorts(spec: ServiceSpec): ReturnType<typeof servicePort>[] {
  return spec.ports.filter(({ forClients }) => forClients).map(servicePort);
}

function servicePort(port: PortPlan): { name: string; port: number; protocol: string; targetPort: string } {
  return { name: port.name, port: port.port, protocol: 'TCP', targetPort: port.name };
}
