import { Size } from 'cdk8s';
import { Cpu, QuestDb, SingleInstanceDbProps, Tls } from '../../lib';
import { Refused, refused } from './database';

function questdb(props: Partial<SingleInstanceDbProps>, ...lines: string[]): Refused {
  return refused({ engine: QuestDb.v9(), ...props }, ...lines);
}

const resources = (memory: Size): { resources: { memory: Size; cpu: Cpu } } => ({ resources: { memory, cpu: Cpu.units(1) } });
const SETTING = 'got this name, want the name of a setting of server.conf, such as "shared.worker.count"';

function unsafe(name: string, effect: string): Refused {
  return questdb({ settings: { [name]: 'FALSE' } }, `settings.${name}: got "FALSE", want anything but false; ${effect}`);
}

/** The refusals of QuestDB, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  questdb({ engine: QuestDb.of('8') }, 'engine: got QuestDb.of("8"), want 9, or a patch release of them, such as "9.4.3"'),
  questdb({ engine: QuestDb.of('9.3.1') }, 'engine: got QuestDb.of("9.3.1"), want 9.3.2 or later; earlier releases read no password from a file'),
  questdb({ storage: { size: Size.gibibytes(50), wal: { size: Size.gibibytes(1) } } },
    'storage.wal: got 1Gi, want no volume of its own for the log: questdb keeps it beside the data'),
  questdb({ tls: Tls.fromSecret('orders-tls') },
    'tls: got a certificate, want none; only QuestDB Enterprise has TLS; put a proxy before it, or `network.allowFrom`'),
  questdb({ settings: { 'a b': '', 'Cairo.root': 'x' } }, `settings."Cairo.root": ${SETTING}`, `settings."a b": ${SETTING}`),
  questdb({ settings: { 'line.tcp.enabled': 'true' } },
    'settings.line.tcp.enabled: got "true", want nothing: the library owns it; it asks for no password: send lines over HTTP, port 9000, which does'),
  questdb({ settings: { 'pg.user': 'me' } },
    'settings.pg.user: got "me", want nothing: the library owns it; the password is in the credentials Secret, for the user `app`'),
  unsafe('cairo.wal.apply.enabled', 'what is written never reaches its table'),
  unsafe('cairo.wal.supported', 'tables without a log lose rows in a crash'),
  unsafe('cairo.wal.enabled.default', 'tables without a log lose rows in a crash; say BYPASS WAL for the table that may'),
  questdb({ settings: { 'ram.usage.limit.bytes': '0' } }, 'settings.ram.usage.limit.bytes: got "0", want a size of at least 1m, such as "2g"; 0 is no limit'),
  questdb({ settings: { 'cairo.commit.mode': 'never' } }, 'settings.cairo.commit.mode: got "never", want one of sync, async, nosync'),
  questdb(resources(Size.mebibytes(767)), 'resources.memory: got 767Mi, want at least 768Mi'),
  questdb(resources(Size.tebibytes(5)), 'resources.memory: got 5Ti, want at most 4Ti'),
  questdb({ sizing: { connections: 3 } }, 'sizing.connections: got 3, want a whole number from 4 to 10000'),
  questdb({ ...resources(Size.gibibytes(1)), settings: { 'ram.usage.limit.bytes': '2g' } },
    'resources.memory: got 1Gi, want at least 2596Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections`, or lower ram.usage.limit.bytes'),
];
