const TLS = 'use `tls`';
const MADE = 'it is fixed when the database is made';
const PLACE = 'its place is fixed';
const RUNTIME = 'the server is the container\'s first process';
const LOG = 'the log goes to the container\'s standard output';
const REPLICATION = 'it belongs to replication';

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  'net.bindIp': 'use `network.allowFrom`',
  'net.bindIpAll': 'use `network.allowFrom`',
  'net.ipv6': 'it is on',
  'net.maxIncomingConnections': 'use `sizing.connections`',
  'net.port': 'it is 27017',
  'net.tls.CAFile': TLS,
  'net.tls.CRLFile': TLS,
  'net.tls.allowConnectionsWithoutCertificates': TLS,
  'net.tls.allowInvalidCertificates': TLS,
  'net.tls.allowInvalidHostnames': TLS,
  'net.tls.certificateKeyFile': TLS,
  'net.tls.certificateKeyFilePassword': 'use `tls` with a key that has no passphrase',
  'net.tls.clusterCAFile': TLS,
  'net.tls.clusterFile': TLS,
  'net.tls.clusterPassword': TLS,
  'net.tls.mode': TLS,
  'net.unixDomainSocket.enabled': 'it is off',
  'processManagement.fork': RUNTIME,
  'processManagement.pidFilePath': RUNTIME,
  'replication.enableMajorityReadConcern': 'it is on',
  'replication.oplogSizeMB': 'it follows from the size of the volume, and is changed with it',
  'replication.replSetName': 'it is rs0',
  'security.authorization': 'it is enabled',
  'security.clusterAuthMode': REPLICATION,
  'security.keyFile': 'it is made anew at every start, in memory',
  'security.transitionToAuth': 'it is enabled',
  'setParameter.authenticationMechanisms': 'it is SCRAM',
  'setParameter.enableLocalhostAuthBypass': 'the first user is made through it, and nobody after',
  'setParameter.recoverFromOplogAsStandalone': 'it belongs to restores',
  'setParameter.tlsUseSystemCA': TLS,
  'setParameter.wiredTigerEngineRuntimeConfig': 'its text could turn the journal off',
  'sharding.clusterRole': REPLICATION,
  'storage.dbPath': PLACE,
  'storage.directoryPerDB': MADE,
  'storage.engine': MADE,
  'storage.journal.enabled': 'it is always on',
  'storage.wiredTiger.engineConfig.configString': 'its text could turn the journal off',
  'storage.wiredTiger.engineConfig.directoryForIndexes': MADE,
  'systemLog.destination': LOG,
  'systemLog.logAppend': LOG,
  'systemLog.logRotate': LOG,
  'systemLog.path': LOG,
  'systemLog.syslogFacility': LOG,
};

/** Settings that lose data or open it to everybody, by the values that do so. */
export const UNSAFE: { readonly [name: string]: { readonly values: string[]; readonly effect: string } } = {
  'setParameter.enableTestCommands': { values: ['true', '1'], effect: 'clients get commands that destroy data' },
  'setParameter.skipCorruptDocumentsWhenCloning': { values: ['true', '1'], effect: 'damaged documents are left out without a word' },
  'setParameter.syncdelay': { values: ['0'], effect: 'no checkpoint is ever written, and the journal fills the volume' },
  'storage.syncPeriodSecs': { values: ['0'], effect: 'no checkpoint is ever written, and the journal fills the volume' },
};
