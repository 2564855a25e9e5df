import { Size } from 'cdk8s';
import { Cpu, ZooKeeper } from '../../lib';
import { Refused, refused } from './database';

const ZOOKEEPER = { engine: ZooKeeper.v39() };

function settings(name: string, value: string, rest: string): Refused {
  return refused({ ...ZOOKEEPER, settings: { [name]: value } }, `settings.${name}: got "${value}", ${rest}`);
}

/** The settings that are not the user's to set, by what to do instead. */
export const NOT_THE_USERS: { readonly [remedy: string]: readonly string[] } = {
  'whoever reaches the port may give these commands without a password': ['4lw.commands.whitelist'],
  'its commands need no password': ['admin.enableServer'],
  'use `network` and `tls`': ['clientPort', 'clientPortAddress', 'secureClientPort', 'secureClientPortAddress', 'serverCnxnFactory'],
  'its place is fixed': ['dataDir', 'dataLogDir'],
  'there is one server': [
    'dynamicConfigFile', 'initLimit', 'peerType', 'reconfigEnabled', 'standaloneEnabled', 'syncLimit', 'group.1', 'quorum.auth.enableSasl', 'server.1', 'sslQuorum', 'weight.1'],
  'the login is SASL with the password of the Secret': ['enforce.auth.enabled', 'enforce.auth.schemes', 'sessionRequireClientSASLAuth', 'authProvider.1'],
  'use `sizing.connections`': ['maxClientCnxns', 'maxCnxns'],
  'use `metrics` of the engine': ['metricsProvider.className', 'metricsProvider.httpPort'],
  'use `tls`': ['client.certReload', 'ssl.keyStore.location'],
  'write the name without it: the server puts it before every name that it does not know': ['zookeeper.snapCount'],
};

/** The refusals of ZooKeeper, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: ZooKeeper.of('3.7.2') }, 'engine: got ZooKeeper.of("3.7.2"), want 3.8, 3.9, or a patch release of them, such as "3.9.6"'),
  refused({ engine: ZooKeeper.v39({ maxBuffer: Size.kibibytes(63) }) }, 'engine.maxBuffer: got 63Ki, want from 64Ki to 64Mi'),
  refused({ engine: ZooKeeper.v39({ maxBuffer: Size.mebibytes(65) }) }, 'engine.maxBuffer: got 65Mi, want from 64Ki to 64Mi'),
  refused({ ...ZOOKEEPER, settings: { 'snap count': '1' } }, 'settings."snap count": got this name, want the name of a setting of zoo.cfg, such as "snapCount"'),
  ...Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => settings(name, 'x', `want nothing: the library owns it; ${remedy}`))),
  settings('forceSync', 'no', 'want anything but no; a crash of the node loses acknowledged writes'),
  settings('skipACL', 'YES', 'want anything but yes; nobody\'s access list is looked at'),
  settings('snapshot.trust.empty', 'true', 'want anything but true; a server without its snapshots would start as if nothing had been there'),
  refused({ ...ZOOKEEPER, resources: { memory: Size.mebibytes(511), cpu: Cpu.units(1) } }, 'resources.memory: got 511Mi, want at least 512Mi'),
  refused({ ...ZOOKEEPER, resources: { memory: Size.tebibytes(2), cpu: Cpu.units(1) } }, 'resources.memory: got 2Ti, want at most 1Ti'),
  refused({ ...ZOOKEEPER, sizing: { connections: 1.5 } }, 'sizing.connections: got 1.5, want a whole number from 5 to 100000'),
];
