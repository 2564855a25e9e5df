import { Size } from 'cdk8s';
import { Cpu, Valkey, ValkeyUser, type SingleInstanceDbProps } from '../../lib';
import { Refused, refused } from './database';

const valkey = (users?: ValkeyUser[]): { engine: Valkey } => ({ engine: Valkey.v8({ users }) });
const resources = (memory: Size): Partial<SingleInstanceDbProps> => ({ ...valkey(), resources: { memory, cpu: Cpu.units(1) } });
const setting = (name: string, value: string): Partial<SingleInstanceDbProps> => ({ ...valkey(), settings: { [name]: value } });
const PATTERN = 'want a pattern of printable characters without a space, such as "cart:*"';
const OWN = 'want a name that is not the library\'s own; "default" is who has not logged in, and is off; "stateful-admin" is local to the pod';

/** The settings that are not the user's to set, by what to do instead. */
export const NOT_THE_USERS: { readonly [remedy: string]: readonly string[] } = {
  'its place is fixed': ['appenddirname', 'appendfilename', 'dbfilename', 'dir', 'pidfile', 'unixsocket', 'unixsocketgroup', 'unixsocketperm'],
  'a backup is read from the memory, and leaves no file on the volume': ['repl-diskless-sync', 'repl-diskless-sync-delay'],
  'it belongs to clusters': ['cluster-config-file', 'cluster-enabled', 'tls-cluster'],
  'it belongs to replication': ['masterauth', 'masteruser', 'min-replicas-max-lag', 'min-slaves-max-lag', 'primaryauth', 'primaryuser', 'replicaof', 'slaveof', 'tls-replication'],
  'it is 6379': ['port'],
  'it is on, and nobody comes in without a password': ['protected-mode'],
  'the append-only file holds every write; a snapshot is a backup\'s to make': ['save'],
  'the guard of the disk uses it': ['min-replicas-to-write', 'min-slaves-to-write'],
  'the log goes to the container\'s standard output': ['logfile', 'syslog-enabled'],
  'the server is process 1 of its container': ['daemonize', 'supervised'],
  'use `network.allowFrom`': ['bind'],
  'use `sizing.connections`': ['maxclients'],
  'use `tls`': ['tls-auth-clients', 'tls-ca-cert-dir', 'tls-ca-cert-file', 'tls-cert-file', 'tls-key-file', 'tls-port'],
  'use `tls` with a key that has no passphrase': ['tls-key-file-pass'],
  'use `users` of the engine': ['acl-pubsub-default', 'aclfile', 'rename-command', 'requirepass', 'user'],
  'write the settings here': ['include'],
};

/** The refusals of Valkey, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  // This one is every engine's that keeps its log beside the data.
  refused({ ...valkey(), storage: { size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } } },
    'storage.wal: got 1Gi, want no volume of its own for the log: valkey keeps it beside the data'),
  refused({ engine: Valkey.of('7.2') }, 'engine: got Valkey.of("7.2"), want 8, 9, or a patch release of them, such as "9.1.3"'),
  refused(valkey([]), 'engine.users: got [], want at least one user'),
  refused(valkey([{ name: 'a b' }]), 'engine.users[0].name: got "a b", want a name of letters, digits, "_", "-" and ".", at most 64'),
  refused(valkey([{ name: 'default' }, { name: 'stateful-admin' }]),
    `engine.users[0].name: got "default", ${OWN}`, `engine.users[1].name: got "stateful-admin", ${OWN}`),
  refused(valkey([{ name: 'a', passwordKey: '..', keys: [''], channels: ['a b'], commands: ['get', '+a b'] }]),
    'engine.users[0].passwordKey: got "..", want a key of a Secret: letters, digits, "-", "_" and "."',
    `engine.users[0].keys[0]: got "", ${PATTERN}`, `engine.users[0].channels[0]: got "a b", ${PATTERN}`,
    'engine.users[0].commands[0]: got "get", want a rule such as "+get", "-keys" or "+@read"',
    'engine.users[0].commands[1]: got "+a b", want a rule such as "+get", "-keys" or "+@read"'),
  refused(valkey([{ name: 'a' }, { name: 'a' }]), 'engine.users: got "a" twice, want each name once'),
  refused({ engine: Valkey.v8({ backupUser: 'a b' }) }, 'engine.backupUser: got "a b", want a name of letters, digits, "_", "-" and ".", at most 64'),
  refused({ engine: Valkey.v8({ backupUser: 'default' }) }, `engine.backupUser: got "default", ${OWN}`),
  refused({ engine: Valkey.v8({ backupUser: 'app' }) }, 'engine.users: got "app" twice, want each name once'),
  refused({ ...valkey(), image: 'valkey/valkey:8.1.1-alpine' },
    'image: got "valkey/valkey:8.1.1-alpine", want a variant of the image with bash; Alpine\'s has none, and another group (1000)'),
  refused(setting('MaxMemory', '1gb'), 'settings."MaxMemory": got this name, want the name of a setting in lower case'),
  ...Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => (
    refused(setting(name, 'x'), `settings.${name}: got "x", want nothing: the library owns it; ${remedy}`)))),
  refused(setting('appendonly', 'no'), 'settings.appendonly: got "no", want anything but no; every restart begins with nothing'),
  refused(setting('rdbchecksum', 'no'), 'settings.rdbchecksum: got "no", want anything but no; damaged files are loaded as if they were sound'),
  refused(setting('maxmemory', '0'), 'settings.maxmemory: got "0", want a size such as "512mb", more than 0'),
  refused(setting('loglevel', '"notice'),
    'settings.loglevel: got "\\"notice", want words with spaces between them, in quotes where they hold others; \'""\' is the empty one'),
  refused(setting('loglevel', 'notice\ndir /tmp'), 'settings.loglevel: got "notice\\ndir /tmp", want one line of text'),
  refused(resources(Size.mebibytes(127)), 'resources.memory: got 127Mi, want at least 128Mi'),
  refused(resources(Size.tebibytes(2)), 'resources.memory: got 2Ti, want at most 1Ti'),
  refused({ ...valkey(), sizing: { connections: 4 } }, 'sizing.connections: got 4, want a whole number from 5 to 50000'),
  refused(setting('maxmemory', '1gb'), 'resources.memory: got 1Gi, want at least 1886Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections`, or lower maxmemory or maxmemory-clients'),
];
