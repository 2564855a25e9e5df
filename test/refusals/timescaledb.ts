import { TimescaleDb } from '../../lib';
import { Refused, refused } from './database';

const engine = TimescaleDb.v17();
const VERSION = 'want a major of PostgreSQL, 16, 17, 18, or a tag such as "2.30.2-pg17"';

/** What TimescaleDB refuses beside what PostgreSQL does. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: TimescaleDb.of('15') }, `engine: got TimescaleDb.of("15"), ${VERSION}`),
  refused({ engine: TimescaleDb.of('2.16.0-pg17') }, `engine: got TimescaleDb.of("2.16.0-pg17"), ${VERSION}`),
  refused({ engine, image: 'timescale/timescaledb-ha:pg17.6-ts2.30.2' }, 'image: got "timescale/timescaledb-ha:pg17.6-ts2.30.2", want the Alpine image timescale/timescaledb; '
    + 'others have another uid (70 is Alpine\'s), and sort text differently, which damages indexes made with the other'),
  refused({ engine, settings: { 'timescaledb.restoring': 'on' } }, 'settings.timescaledb.restoring: got "on", want nothing: the library owns it; it belongs to restores'),
  refused({ engine, settings: { 'timescaledb.disable_load': 'on' } },
    'settings.timescaledb.disable_load: got "on", want nothing: the library owns it; without the library no hypertable can be read or written'),
  refused({ engine, settings: { port: '1', 'fsync': 'off' } }, 'settings.fsync: got "off", want anything but off, false, no, 0; a crash of the node can destroy the whole database',
    'settings.port: got "1", want nothing: the library owns it; it is 5432'),
  refused({ engine, settings: { shared_preload_libraries: 'mine' } },
    'settings.shared_preload_libraries: got "mine", want timescaledb in the list; the extension of that name is declared'),
  refused({ engine, settings: { 'timescaledb.max_background_workers': '-1' } },
    'settings.timescaledb.max_background_workers: got "-1", want a whole number'),
];
