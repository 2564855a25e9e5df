import type { ApiObjectMetadataDefinition } from 'cdk8s';
import { isAddressRange } from './address-range';
import { Problem, quote } from './problems';
import { checkLabels, StringMap } from './strings';

/** A workload whose pods may connect. Every workload of cdk8s-plus fits. */
export interface IClientWorkload {
  /** The labels by which the workload selects its pods. */
  readonly matchLabels: { [key: string]: string };
  /** The workload's metadata; its namespace is where its pods are. */
  readonly metadata: ApiObjectMetadataDefinition;
}

/** Who may connect to a database. */
export class Client {
  /** The pods with all of these labels in the database's own namespace. */
  public static pods(labels: { [key: string]: string }): Client { return new Client(labels); }

  /** The pods with all of these labels in another namespace. */
  public static podsIn(namespace: string, labels: { [key: string]: string }): Client { return new Client(labels, named(namespace)); }

  /** Every pod of a namespace. */
  public static namespace(name: string): Client { return new Client(undefined, named(name)); }

  /** Every pod of the namespaces that have all of these labels. */
  public static namespacesWith(labels: { [key: string]: string }): Client { return new Client(undefined, labels); }

  /** The pods of a workload made with cdk8s-plus. */
  public static workload(workload: IClientWorkload): Client {
    const namespace = workload.metadata.namespace;
    return new Client(workload.matchLabels, namespace === undefined ? undefined : named(namespace));
  }

  /** Addresses outside the cluster, in CIDR notation, without the exceptions. Pods are not selected reliably by address. */
  public static addresses(range: string, ...except: string[]): Client { return new Client(undefined, undefined, range, except); }

  private constructor(
    /** The pods' labels; all pods when it is missing. */
    public readonly podLabels?: { [key: string]: string },
    /** The namespaces' labels; the database's own namespace when it is missing. */
    public readonly namespaceLabels?: { [key: string]: string },
    /** A range of addresses, instead of pods. */
    public readonly range?: string,
    /** The parts of the range that are left out. */
    public readonly except: string[] = [],
  ) {}
}

const NAMESPACE = 'kubernetes.io/metadata.name';

/** Refuses a client that selects nothing, or everything by mistake. */
export function checkClients(path: string, clients: Client[]): Problem[] {
  return clients.flatMap((client, index) => checkClient(`${path}[${index}]`, client));
}

function checkClient(path: string, client: Client): Problem[] {
  if (client.range !== undefined) {
    return [client.range, ...client.except].filter(range => !isAddressRange(range))
      .map(range => ({ path, got: quote(range), want: 'an address range such as "10.0.0.0/8" or "fd00::/8"' }));
  }
  if (client.namespaceLabels?.[NAMESPACE] === '') { return [{ path, got: '""', want: 'the name of a namespace' }]; }
  return [...checkSelector(`${path}.podLabels`, client.podLabels), ...checkSelector(`${path}.namespaceLabels`, client.namespaceLabels)];
}

function checkSelector(path: string, labels: StringMap | undefined): Problem[] {
  if (labels === undefined) { return []; }
  if (Object.keys(labels).length > 0) { return checkLabels(labels, path); }
  return [{ path, got: '{}', want: 'at least one label', remedy: 'for every pod of a namespace use Client.namespace(…)' }];
}

function named(namespace: string): StringMap {
  return { [NAMESPACE]: namespace };
}
