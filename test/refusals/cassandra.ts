import { Size } from 'cdk8s';
import { Cassandra, CassandraOptions, Cpu, SingleInstanceDbProps } from '../../lib';
import { Refused, refused } from './database';

function cassandra(props: Partial<SingleInstanceDbProps>, ...lines: string[]): Refused {
  return refused({ engine: Cassandra.v5(), ...props }, ...lines);
}

const engine = (options: CassandraOptions): { engine: Cassandra } => ({ engine: Cassandra.v5(options) });
const resources = (memory: Size): { resources: { memory: Size; cpu: Cpu } } => ({ resources: { memory, cpu: Cpu.units(1) } });
const SETTING = 'got this name, want the name of a setting of cassandra.yaml, such as "concurrent_writes"';
const NAME = 'want letters, digits, "_" and "-", at most 48';

/** The refusals of Cassandra, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  cassandra({ engine: Cassandra.of('3.11') }, 'engine: got Cassandra.of("3.11"), want 4.1, 5, or a patch release of them, such as "5.0.8"'),
  cassandra(engine({ clusterName: '-a', datacenter: 'a b', rack: '' }),
    `engine.clusterName: got "-a", ${NAME}`, `engine.datacenter: got "a b", ${NAME}`, `engine.rack: got "", ${NAME}`),
  cassandra(engine({ keyspace: 'system_auth' }),
    'engine.keyspace: got "system_auth", want lower-case letters, digits and "_", at most 48, and no keyspace of the server'),
  cassandra({ settings: { 'a b': '', 'client.x': '' } }, `settings."a b": ${SETTING}`, `settings."client.x": ${SETTING}`),
  cassandra({ settings: { listen_address: '0.0.0.0' } },
    'settings.listen_address: got "0.0.0.0", want nothing: the library owns it; a single node speaks to nobody but itself; clients come to port 9042'),
  cassandra({ settings: { authenticator: 'AllowAllAuthenticator' } },
    'settings.authenticator: got "AllowAllAuthenticator", want nothing: the library owns it; roles have passwords'),
  cassandra({ settings: { disk_failure_policy: 'best_effort' } },
    'settings.disk_failure_policy: got "best_effort", want anything but ignore, best_effort; what cannot be read seems not to be there'),
  cassandra({ settings: { commit_failure_policy: 'ignore' } },
    'settings.commit_failure_policy: got "ignore", want anything but ignore; a log that cannot be written acknowledges all the same'),
  cassandra({ settings: { corrupted_tombstone_strategy: 'disabled' } },
    'settings.corrupted_tombstone_strategy: got "disabled", want anything but disabled; damaged deletions are passed over, and deleted rows come back'),
  cassandra({ settings: { file_cache_size: '64MB' } }, 'settings.file_cache_size: got "64MB", want a size such as "64MiB"'),
  cassandra({ settings: { commitlog_sync: 'never' } }, 'settings.commitlog_sync: got "never", want one of batch, group, periodic'),
  cassandra(resources(Size.mebibytes(1023)), 'resources.memory: got 1023Mi, want at least 1024Mi'),
  cassandra(resources(Size.tebibytes(2)), 'resources.memory: got 2Ti, want at most 1Ti'),
  cassandra({ sizing: { connections: 7 } }, 'sizing.connections: got 7, want a whole number from 8 to 100000'),
  cassandra({ ...resources(Size.gibibytes(1)), settings: { row_cache_size: '1GiB' } },
    'resources.memory: got 1Gi, want at least 3993Mi, the sum of what the settings may use; '
    + 'give it more memory, or fewer `sizing.connections`, or lower file_cache_size, networking_cache_size, row_cache_size or memtable_offheap_space'),
];
