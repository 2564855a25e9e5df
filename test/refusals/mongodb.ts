import { Size } from 'cdk8s';
import { Cpu, MongoDb, MongoDbOptions, MongoDbRole, SingleInstanceDbProps } from '../../lib';
import { Refused, refused } from './database';

const engine = (options: MongoDbOptions): { engine: MongoDb } => ({ engine: MongoDb.v8(options) });
const CACHE = 'storage.wiredTiger.engineConfig.cacheSizeGB';
const SETTING = 'got this name, want the name of an option with its sections, such as "operationProfiling.slowOpThresholdMs"';
const DATABASE = 'want at most 63 bytes without blanks, backslashes and any of / . " $ * < > : | ?';

/** The settings that are not the user's to set, by what to do instead. */
export const NOT_THE_USERS: { readonly [remedy: string]: readonly string[] } = {
  'use `network.allowFrom`': ['net.bindIp', 'net.bindIpAll'],
  'it is on': ['net.ipv6', 'replication.enableMajorityReadConcern'],
  'use `sizing.connections`': ['net.maxIncomingConnections'],
  'it is 27017': ['net.port'],
  'use `tls`': [
    'net.tls.CAFile', 'net.tls.CRLFile', 'net.tls.allowConnectionsWithoutCertificates', 'net.tls.allowInvalidCertificates', 'net.tls.allowInvalidHostnames',
    'net.tls.certificateKeyFile', 'net.tls.clusterCAFile', 'net.tls.clusterFile', 'net.tls.clusterPassword', 'net.tls.mode', 'setParameter.tlsUseSystemCA'],
  'use `tls` with a key that has no passphrase': ['net.tls.certificateKeyFilePassword'],
  'it is off': ['net.unixDomainSocket.enabled'],
  'the server is the container\'s first process': ['processManagement.fork', 'processManagement.pidFilePath'],
  'it follows from the size of the volume, and is changed with it': ['replication.oplogSizeMB'],
  'it is rs0': ['replication.replSetName'],
  'it is enabled': ['security.authorization', 'security.transitionToAuth'],
  'it belongs to replication': ['security.clusterAuthMode', 'sharding.clusterRole'],
  'it is made anew at every start, in memory': ['security.keyFile'],
  'it is SCRAM': ['setParameter.authenticationMechanisms'],
  'the first user is made through it, and nobody after': ['setParameter.enableLocalhostAuthBypass'],
  'it belongs to restores': ['setParameter.recoverFromOplogAsStandalone'],
  'its text could turn the journal off': ['setParameter.wiredTigerEngineRuntimeConfig', 'storage.wiredTiger.engineConfig.configString'],
  'its place is fixed': ['storage.dbPath'],
  'it is fixed when the database is made': ['storage.directoryPerDB', 'storage.engine', 'storage.wiredTiger.engineConfig.directoryForIndexes'],
  'it is always on': ['storage.journal.enabled'],
  'the log goes to the container\'s standard output': [
    'systemLog.destination', 'systemLog.logAppend', 'systemLog.logRotate', 'systemLog.path', 'systemLog.syslogFacility'],
};

function given(props: Partial<SingleInstanceDbProps>, ...lines: string[]): Refused {
  return refused({ engine: MongoDb.v8(), ...props }, ...lines);
}

function unsafe(name: string, value: string, others: string, effect: string): Refused {
  return given({ settings: { [name]: value } }, `settings.${name}: got "${value}", want anything but ${others}; ${effect}`);
}

/** The refusals of MongoDB, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  given({ engine: MongoDb.of('6.0') }, 'engine: got MongoDb.of("6.0"), want 7, 8, or a patch release of them, such as "8.0.26"'),
  given({ engine: MongoDb.of('8.2.1') }, 'engine: got MongoDb.of("8.2.1"), want a release of 8.0; a minor release gets fixes for some months only, and its data can never go back'),
  given({ storage: { size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } } },
    'storage.wal: got 1Gi, want no volume of its own for the log: mongodb keeps it beside the data'),
  given(engine({ users: [] }), 'engine.users: got [], want at least one user'),
  given(engine({ administrator: '__system' }), 'engine.administrator: got "__system", want a name that does not begin with "__"'),
  given(engine({ users: [{ name: '__system', database: 'local', passwordKey: 'a b', roles: [MongoDbRole.named('', 'config'), MongoDbRole.read('a.b')] }] }),
    'engine.users[0].name: got "__system", want a name that does not begin with "__"', 'engine.users[0].database: got "local", want another database than the server\'s own',
    'engine.users[0].passwordKey: got "a b", want a key of a Secret: letters, digits, "-", "_" and "."', 'engine.users[0].roles[0].role: got "", want text that is not empty',
    `engine.users[0].roles[1].database: got "a.b", ${DATABASE}`),
  given(engine({ users: [{ name: 'my app', passwordKey: 'password' }] }), `engine.users[0].database: got "my app", ${DATABASE}`),
  given(engine({ users: [{ name: 'a' }, { name: 'admin' }, { name: 'a' }] }),
    'engine.users: got "admin" twice, want each name once, and another than the administrator\'s', 'engine.users: got "a" twice, want each name once, and another than the administrator\'s'),
  given(engine({ dataFolder: '' }), 'engine.dataFolder: got "", want a relative path of letters, digits, "_", "-" and "."'),
  given({ settings: { 'slowms': '1', 'a.b c': '' } }, `settings."a.b c": ${SETTING}`, `settings."slowms": ${SETTING}`),
  ...Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => (
    given({ settings: { [name]: 'x' } }, `settings.${name}: got "x", want nothing: the library owns it; ${remedy}`)))),
  unsafe('setParameter.enableTestCommands', 'true', 'true, 1', 'clients get commands that destroy data'),
  unsafe('setParameter.skipCorruptDocumentsWhenCloning', '1', 'true, 1', 'damaged documents are left out without a word'),
  unsafe('setParameter.syncdelay', '0', '0', 'no checkpoint is ever written, and the journal fills the volume'),
  unsafe('storage.syncPeriodSecs', '0', '0', 'no checkpoint is ever written, and the journal fills the volume'),
  given({ settings: { 'security.redactClientLogData': 'a\nb' } }, 'settings.security.redactClientLogData: got "a\\nb", want one line of text'),
  given({ settings: { 'storage.wiredTiger': 'x' } },
    `settings.storage.wiredTiger: got this name, want no section of another option: ${CACHE} is set as well`),
  given({ settings: { [CACHE]: '0.2' } }, `settings.${CACHE}: got "0.2", want a number of gigabytes from 0.25 to 10000`),
  given({ settings: { 'setParameter.maxIndexBuildMemoryUsageMegabytes': '49' } },
    'settings.setParameter.maxIndexBuildMemoryUsageMegabytes: got "49", want a whole number of megabytes, at least 50'),
  given({ settings: { 'setParameter.internalQueryMaxBlockingSortMemoryUsageBytes': '100MB' } },
    'settings.setParameter.internalQueryMaxBlockingSortMemoryUsageBytes: got "100MB", want a whole number of bytes'),
  given({ resources: { memory: Size.mebibytes(767), cpu: Cpu.units(1) } }, 'resources.memory: got 767Mi, want at least 768Mi'),
  given({ resources: { memory: Size.tebibytes(17), cpu: Cpu.units(1) } }, 'resources.memory: got 17Ti, want at most 16Ti'),
  given({ sizing: { connections: 4 } }, 'sizing.connections: got 4, want a whole number from 5 to 20000'),
  given({ sizing: { connections: 2000 } }, 'resources.memory: got 2Gi, want at least 3973Mi, the sum of what the settings may use; '
    + `give it more memory, or fewer \`sizing.connections\`, or a smaller ${CACHE}`),
];
