import { Size } from 'cdk8s';
import { Cpu, Nats, NatsOptions } from '../../lib';
import { RESERVED } from '../../lib/engines/nats/reserved';
import { Refused, refused } from './database';

const engine = (options: NatsOptions = {}): { engine: Nats } => ({ engine: Nats.v2(options) });
const resources = (memory: Size): { resources: { memory: Size; cpu: Cpu } } => ({ resources: { memory, cpu: Cpu.units(1) } });
const size = Size.gibibytes(1);
const SUBJECT = 'want subjects of visible ASCII characters, such as "orders.>"';
const SIZE = 'want a size in bytes, or with a unit, such as "8MB"';

/** The settings that are not the user's to set, written out, so that a name which leaves the list is noticed. */
const OWNED = [
  'accounts', 'allow_non_tls', 'auth_callout', 'authorization', 'cluster', 'gateway', 'host', 'http', 'http_port', 'https', 'https_port', 'include', 'jetstream', 'jetstream.cipher',
  'jetstream.ek', 'jetstream.enable', 'jetstream.enabled', 'jetstream.encryption_key', 'jetstream.key', 'jetstream.max_file', 'jetstream.max_mem', 'jetstream.max_mem_store',
  'jetstream.store', 'jetstream.store_dir', 'jetstream.storedir', 'jetstream.sync', 'leaf', 'leafnodes', 'listen', 'log_file', 'logfile', 'max_conn', 'max_connections', 'monitor_port',
  'mqtt', 'net', 'no_auth_user', 'operator', 'pid_file', 'pidfile', 'port', 'ports_file_dir', 'prof_port', 'remote_syslog', 'resolver', 'server_name', 'store_dir', 'storedir', 'syslog',
  'system_account', 'tls', 'trusted', 'trusted_keys', 'websocket',
];

/** The refusals of NATS, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: Nats.of('1') }, 'engine: got Nats.of("1"), want 2, or a patch release of them, such as "2.15.1"'),
  refused({ engine: Nats.of('2.9.25') }, 'engine: got Nats.of("2.9.25"), want NATS 2.10 or later; an earlier one acknowledges messages that are not on the disk'),
  refused(engine({ users: [] }), 'engine.users: got [], want at least one user; without users, everybody may connect'),
  refused(engine({ users: [{ name: 'a' }, { name: 'a', publish: ['a b'] }, { name: '', passwordKey: '..', subscribe: [''] }] }),
    'engine.users: got "a" twice, want each name once', `engine.users[1].publish: got "a b", ${SUBJECT}`, 'engine.users[2].name: got "", want text that is not empty',
    'engine.users[2].passwordKey: got "..", want a key of a Secret: letters, digits, "-", "_" and "."', `engine.users[2].subscribe: got "", ${SUBJECT}`),
  refused({ ...engine(), storage: { size, wal: { size } } }, 'storage.wal: got 1Gi, want no volume of its own for the log: nats keeps it beside the data'),
  refused({ ...engine(), settings: { 'Debug': '1', 'cluster.port': '1' } },
    'settings."Debug": got this name, want the name of a setting in lower case, or jetstream.name', 'settings."cluster.port": got this name, want the name of a setting in lower case, or jetstream.name'),
  ...OWNED.map(name => refused({ ...engine(), settings: { [name]: 'x' } }, `settings.${name}: got "x", want nothing: the library owns it; ${RESERVED[name] ?? 'no remedy'}`)),
  refused({ ...engine(), settings: { 'max_payload': '2m', 'jetstream.max_file_store': '0' } }, `settings.jetstream.max_file_store: got "0", ${SIZE}`, `settings.max_payload: got "2m", ${SIZE}`),
  refused({ ...engine(), settings: { ping_interval: '2m\nport: 1' } }, 'settings.ping_interval: got "2m\\nport: 1", want one line of text'),
  refused({ ...engine(), ...resources(Size.mebibytes(255)) }, 'resources.memory: got 255Mi, want at least 256Mi'),
  refused({ ...engine(), ...resources(Size.tebibytes(2)) }, 'resources.memory: got 2Ti, want at most 1Ti'),
  refused({ ...engine(), sizing: { connections: 0 } }, 'sizing.connections: got 0, want a whole number from 1 to 10000'),
  refused({ ...engine(), sizing: { connections: 2000 } }, 'resources.memory: got 1Gi, want at least 4346Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections`, or lower max_pending, max_payload or jetstream.max_memory_store'),
];
