/** What a client may do at an endpoint. */
export enum EndpointRole {
  /** Reads and writes. */
  PRIMARY = 'primary',
  /** Reads; what it returns may be older than what the primary has. */
  READER = 'reader',
  /** One certain member, whatever its role is now. */
  MEMBER = 'member',
}

/** Where clients connect. */
export interface Endpoint {
  /** The DNS name within the cluster: `orders.shop.svc`. */
  readonly host: string;
  /** The TCP port. */
  readonly port: number;
  /** What may be done there. */
  readonly role: EndpointRole;
}

/** The DNS name of a Service, or of a pod behind a headless one; as far as the namespace is known. */
export function hostName(namespace: string | undefined, ...labels: string[]): string {
  return [...labels, ...(namespace === undefined ? [] : [namespace, 'svc'])].join('.');
}
