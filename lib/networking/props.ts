import { checkClients, Client } from '../core/client';
import { Problem } from '../core/problems';
import { checkExposure, Exposure } from './exposure';

/** Who may talk to the database. */
export interface NetworkProps {
  /**
   * Who may connect. More can be added with `db.allowFrom(…)`.
   *
   * @default - nobody
   */
  readonly allowFrom?: Client[];
  /**
   * Makes the database reachable from outside the cluster.
   *
   * @default - it is not
   */
  readonly exposeOn?: Exposure;
}

/** Who may talk to the database, with every default filled in. */
export interface NetworkSpec {
  readonly clients: Client[];
  readonly exposure: Exposure | undefined;
}

/** Fills in the defaults; whoever it is exposed to may connect. */
export function resolveNetwork(props: NetworkProps): NetworkSpec {
  const outside = (props.exposeOn?.sources ?? []).map(range => Client.addresses(range));
  return { clients: [...(props.allowFrom ?? []), ...outside], exposure: props.exposeOn };
}

/** Refuses clients that select nothing, and an exposure to nobody in particular. */
export function checkNetwork(spec: NetworkSpec): Problem[] {
  const named = spec.clients.length - (spec.exposure?.sources.length ?? 0);
  return [
    ...checkClients('network.allowFrom', spec.clients.slice(0, named)),
    ...checkClients('network.exposeOn.sources', spec.clients.slice(named)),
    ...(spec.exposure === undefined ? [] : checkExposure('network.exposeOn', spec.exposure)),
  ];
}
