const REPLICATION = 'it belongs to replication';
const CLUSTERS = 'it belongs to clusters';
const PLACE = 'its place is fixed';
const TLS = 'use `tls`';
const USERS = 'use `users` of the engine';
const LOG = 'the log goes to the container\'s standard output';
const START = 'the server is process 1 of its container';
const SNAPSHOTS = 'the append-only file holds every write; a snapshot is a backup\'s to make';
const DISKLESS = 'a backup is read from the memory, and leaves no file on the volume';

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  'acl-pubsub-default': USERS,
  'aclfile': USERS,
  'appenddirname': PLACE,
  'appendfilename': PLACE,
  'bind': 'use `network.allowFrom`',
  'cluster-config-file': CLUSTERS,
  'cluster-enabled': CLUSTERS,
  'daemonize': START,
  'dbfilename': PLACE,
  'dir': PLACE,
  'include': 'write the settings here',
  'logfile': LOG,
  'masterauth': REPLICATION,
  'masteruser': REPLICATION,
  'maxclients': 'use `sizing.connections`',
  'min-replicas-max-lag': REPLICATION,
  'min-replicas-to-write': 'the guard of the disk uses it',
  'min-slaves-max-lag': REPLICATION,
  'min-slaves-to-write': 'the guard of the disk uses it',
  'pidfile': PLACE,
  'port': 'it is 6379',
  'primaryauth': REPLICATION,
  'primaryuser': REPLICATION,
  'protected-mode': 'it is on, and nobody comes in without a password',
  'rename-command': USERS,
  'repl-diskless-sync': DISKLESS,
  'repl-diskless-sync-delay': DISKLESS,
  'replicaof': REPLICATION,
  'requirepass': USERS,
  'save': SNAPSHOTS,
  'slaveof': REPLICATION,
  'supervised': START,
  'syslog-enabled': LOG,
  'tls-auth-clients': TLS,
  'tls-ca-cert-dir': TLS,
  'tls-ca-cert-file': TLS,
  'tls-cert-file': TLS,
  'tls-cluster': CLUSTERS,
  'tls-key-file': TLS,
  'tls-key-file-pass': 'use `tls` with a key that has no passphrase',
  'tls-port': TLS,
  'tls-replication': REPLICATION,
  'unixsocket': PLACE,
  'unixsocketgroup': PLACE,
  'unixsocketperm': PLACE,
  'user': USERS,
};

/** Settings that lose or hide the loss of data, by the values that do so. */
export const UNSAFE: { readonly [name: string]: { readonly values: string[]; readonly effect: string } } = {
  appendonly: { values: ['no'], effect: 'every restart begins with nothing' },
  rdbchecksum: { values: ['no'], effect: 'damaged files are loaded as if they were sound' },
};
