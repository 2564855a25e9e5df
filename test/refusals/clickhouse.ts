import { Size } from 'cdk8s';
import { ClickHouse, ClickHouseOptions, Cpu } from '../../lib';
import { RESERVED } from '../../lib/engines/clickhouse/reserved';
import { Refused, refused } from './database';

const engine = ClickHouse.v263();
const having = (options: ClickHouseOptions): { engine: ClickHouse } => ({ engine: ClickHouse.v268(options) });
const NAME = 'want letters, digits and "_", at most 63, beginning with no digit';
const TAKEN = 'want a name that the server and the library do not use';
const SETTING = 'got this name, want the name of a setting of the server, or section.setting: merge_tree.setting, profile.setting, query_log.ttl';
const NUMBER = 'want a whole number, sizes in bytes';

/** The refusals of ClickHouse, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: ClickHouse.of('25.8') }, 'engine: got ClickHouse.of("25.8"), want 26.3, 26.8, or a patch release of them, such as "26.8.20.9"'),
  refused({ engine, storage: { size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } } }, 'storage.wal: got 1Gi, want no volume of its own for the log: clickhouse keeps it beside the data'),
  refused(having({ database: 'a-b', username: '1a' }), `engine.database: got "a-b", ${NAME}`, `engine.username: got "1a", ${NAME}`),
  refused(having({ database: 'system', username: 'admin' }), `engine.database: got "system", ${TAKEN}`, `engine.username: got "admin", ${TAKEN}`),
  refused(having({ passwordKey: 'a b' }), 'engine.passwordKey: got "a b", want a key of a Secret: letters, digits, "-", "_" and "."'),
  refused({ engine, image: 'clickhouse/clickhouse-server:26.3-distroless' }, 'image: got "clickhouse/clickhouse-server:26.3-distroless", want a variant of the image with a shell; '
    + 'the scripts run in bash; use the tag without "-distroless"'),
  refused({ engine, settings: { 'a-b': '1', 'profile.': '1' } }, `settings."a-b": ${SETTING}`, `settings."profile.": ${SETTING}`),
  ...Object.entries(RESERVED).map(([name, remedy]) => refused({ engine, settings: { [name]: 'x' } }, `settings.${name}: got "x", want nothing: the library owns it; ${remedy}`)),
  refused({ engine, settings: { 'openSSL.server': 'x' } }, 'settings.openSSL.server: got "x", want nothing: the library owns this section; use `tls`'),
  refused({ engine, settings: { 'merge_tree.old_parts_lifetime': '0' } }, 'settings.merge_tree.old_parts_lifetime: got "0", want anything but 0; '
    + 'the parts that were merged are removed before their merger is on the disk, and a loss of power loses both'),
  refused({ engine, settings: { 'profile.fsync_metadata': 'False' } }, 'settings.profile.fsync_metadata: got "False", want anything but 0, false; '
    + 'a loss of power leaves tables without their definition'),
  refused({ engine, settings: { mark_cache_size: '1G', background_pool_size: '0' } }, `settings.background_pool_size: got "0", ${NUMBER}`, `settings.mark_cache_size: got "1G", ${NUMBER}`),
  refused({ engine, settings: { log_level: 'loud' } },
    'settings.log_level: got "loud", want one of fatal, critical, error, warning, notice, information, debug, trace'),
  refused({ engine, resources: { memory: Size.gibibytes(1), cpu: Cpu.units(1) } }, 'resources.memory: got 1Gi, want at least 2Gi'),
  refused({ engine, sizing: { connections: 7 } }, 'sizing.connections: got 7, want a whole number from 8 to 65536'),
  refused({ engine, sizing: { connections: 2000 } }, 'resources.memory: got 4Gi, want at least 7257Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections`, or lower max_server_memory_usage, the caches or background_pool_size'),
];
