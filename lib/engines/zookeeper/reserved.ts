const CLUSTER = 'there is one server';
const PLACE = 'its place is fixed';
const ADDRESSES = 'use `network` and `tls`';
const LOGIN = 'the login is SASL with the password of the Secret';

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  '4lw.commands.whitelist': 'whoever reaches the port may give these commands without a password',
  'admin.enableServer': 'its commands need no password',
  'clientPort': ADDRESSES,
  'clientPortAddress': ADDRESSES,
  'dataDir': PLACE,
  'dataLogDir': PLACE,
  'dynamicConfigFile': CLUSTER,
  'enforce.auth.enabled': LOGIN,
  'enforce.auth.schemes': LOGIN,
  'initLimit': CLUSTER,
  'maxClientCnxns': 'use `sizing.connections`',
  'maxCnxns': 'use `sizing.connections`',
  'metricsProvider.className': 'use `metrics` of the engine',
  'metricsProvider.httpPort': 'use `metrics` of the engine',
  'peerType': CLUSTER,
  'reconfigEnabled': CLUSTER,
  'secureClientPort': ADDRESSES,
  'secureClientPortAddress': ADDRESSES,
  'serverCnxnFactory': ADDRESSES,
  'sessionRequireClientSASLAuth': LOGIN,
  'standaloneEnabled': CLUSTER,
  'syncLimit': CLUSTER,
};

/** Settings that the library owns by the beginning of their names. */
export const RESERVED_PREFIXES: { readonly [prefix: string]: string } = {
  'authProvider.': LOGIN,
  'client.': 'use `tls`',
  'group.': CLUSTER,
  'quorum.': CLUSTER,
  'server.': CLUSTER,
  'ssl.': 'use `tls`',
  'sslQuorum': CLUSTER,
  'weight.': CLUSTER,
  'zookeeper.': 'write the name without it: the server puts it before every name that it does not know',
};

/** Settings that lose data or hide the loss, or that open the server, by the values that do so. */
export const UNSAFE: { readonly [name: string]: { readonly values: string[]; readonly effect: string } } = {
  'forceSync': { values: ['no'], effect: 'a crash of the node loses acknowledged writes' },
  'skipACL': { values: ['yes'], effect: 'nobody\'s access list is looked at' },
  'snapshot.trust.empty': { values: ['true'], effect: 'a server without its snapshots would start as if nothing had been there' },
};
