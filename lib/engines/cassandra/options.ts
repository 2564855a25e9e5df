import { Problem, quote } from '../../core/problems';

/** What only Cassandra has. All but the keyspace is written into the data when they are made, and checked at every start. */
export interface CassandraOptions {
  /**
   * The name of the cluster, which its nodes and drivers compare.
   *
   * @default - the name of the database
   */
  readonly clusterName?: string;
  /**
   * The datacenter, which drivers ask for.
   *
   * @default 'dc1'
   */
  readonly datacenter?: string;
  /**
   * The rack.
   *
   * @default 'rack1'
   */
  readonly rack?: string;
  /**
   * The application's keyspace, which is made with the data. The role `app` may do everything in it.
   *
   * @default 'app'
   */
  readonly keyspace?: string;
}

/** The options with everything filled in. */
export interface Identity {
  readonly clusterName: string;
  readonly datacenter: string;
  readonly rack: string;
  readonly keyspace: string;
}

/** Fills in what the user did not say. */
export function resolveIdentity(options: CassandraOptions, name: string): Identity {
  return { clusterName: options.clusterName ?? name, datacenter: options.datacenter ?? 'dc1', rack: options.rack ?? 'rack1', keyspace: options.keyspace ?? 'app' };
}

/** Refuses names that the server would not take, or not take as they are. */
export function checkOptions(options: CassandraOptions): Problem[] {
  const { clusterName = 'a', datacenter = 'a', rack = 'a', keyspace = 'a' } = options;
  const system = /^(?:system(?:_.*)?|dse.*)$/.test(keyspace);
  return [
    ...checkName('engine.clusterName', clusterName, /^[A-Za-z0-9](?:[A-Za-z0-9_. -]{0,46}[A-Za-z0-9])?$/),
    ...checkName('engine.datacenter', datacenter, /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,46}[A-Za-z0-9])?$/),
    ...checkName('engine.rack', rack, /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,46}[A-Za-z0-9])?$/),
    ...(/^[a-z][a-z0-9_]{0,47}$/.test(keyspace) && !system ? []
      : [{ path: 'engine.keyspace', got: quote(keyspace), want: 'lower-case letters, digits and "_", at most 48, and no keyspace of the server' }]),
  ];
}

function checkName(path: string, value: string, pattern: RegExp): Problem[] {
  return pattern.test(value) ? [] : [{ path, got: quote(value), want: 'letters, digits, "_" and "-", at most 48' }];
}
