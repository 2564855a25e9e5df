import { Size } from 'cdk8s';
import { Cpu, MariaDb } from '../../lib';
import { Refused, refused } from './database';

/** What MariaDB refuses otherwise than MySQL; the checks are the same. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: MariaDb.of('11.7') }, 'engine: got MariaDb.of("11.7"), want 10.11, 11.4, 11.8, 12.3, or a patch release of them, such as "12.3.3"'),
  refused({ engine: MariaDb.v118({ users: [{ name: 'mysql' }] }) }, 'engine.users["mysql"].name: got "mysql", want a name that the server does not use itself'),
  refused({ engine: MariaDb.v118(), resources: { memory: Size.mebibytes(511), cpu: Cpu.units(1) } }, 'resources.memory: got 511Mi, want at least 512Mi'),
  refused({ engine: MariaDb.v118(), settings: { wsrep_on: 'ON', datadi: '/x' } },
    'settings.datadi: got "/x", want the whole name of a setting; this is the beginning of datadir',
    'settings.wsrep_on: got "ON", want the setting itself, without a prefix'),
];
