import { Size } from 'cdk8s';
import { Cpu, Elasticsearch, ElasticsearchOptions, IEngine } from '../../lib';
import { Refused, refused } from './database';

const engine = Elasticsearch.v9();
const CLUSTER = 'it belongs to a cluster of several members';

/** The settings that are not the user's to set in Elasticsearch, by what to do instead. */
export const NOT_THE_USERS_OF_ELASTICSEARCH: { readonly [remedy: string]: readonly string[] } = {
  'a pod has no swap that memory could be written to': ['bootstrap.memory_lock'],
  'it is the name of the database': ['cluster.name'],
  [CLUSTER]: ['cluster.initial_master_nodes', 'discovery.seed_hosts', 'discovery.type', 'transport.host', 'transport.port'],
  'use `network.allowFrom`': ['http.bind_host', 'http.host', 'http.publish_host', 'network.host'],
  'it is 9200': ['http.port'],
  'it is the name of the pod': ['node.name'],
  'a single member has all of them': ['node.roles'],
  'its place is fixed': ['path.data', 'path.logs', 'path.repo'],
  'use `tls`': ['plugins.security.ssl.http.enabled', 'xpack.security.http.ssl.enabled', 'xpack.security.transport.ssl.key'],
  'use `xpack.ml.max_machine_memory_percent`, which counts in the sum of the memory': ['xpack.ml.use_auto_machine_memory_percent'],
  'it is off: users and certificates come from Secrets': ['xpack.security.autoconfiguration.enabled', 'xpack.security.enrollment.enabled'],
  'it is on': ['xpack.security.enabled'],
};

/** A setting that is refused, and why. */
export function refusedSetting(which: IEngine, name: string, value: string, reason: string): Refused {
  return refused({ engine: which, settings: { [name]: value } }, `settings.${name}: got ${JSON.stringify(value)}, ${reason}`);
}

const withHeap = (heap: Size): ElasticsearchOptions => ({ heap });
const memory = (size: Size): { resources: { memory: Size; cpu: Cpu } } => ({ resources: { memory: size, cpu: Cpu.units(1) } });
const SUM = 'the sum of what the settings may use; give it more memory, or a smaller `heap`, or less of what lies outside of the heap';
const HEAP = 'want 128Mi to 31744Mi; from 32 GiB on the JVM writes longer pointers, and the same heap holds less';

/** The refusals of Elasticsearch, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine, storage: { size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } } },
    'storage.wal: got 1Gi, want no volume of its own for the log: elasticsearch keeps it beside the data'),
  refused({ engine: Elasticsearch.of('7') }, 'engine: got Elasticsearch.of("7"), want 8, 9, or a patch release of them, such as "9.5.3"'),
  refused({ engine: Elasticsearch.of('9.5') },
    'engine: got Elasticsearch.of("9.5"), want 8, 9, or a patch release of them, such as "9.5.3"'),
  refused({ engine, settings: { 'auto_create': 'x', 'a..b': 'y' } },
    'settings."a..b": got this name, want the name of a setting as in the server\'s file, such as "action.auto_create_index"',
    'settings."auto_create": got this name, want the name of a setting as in the server\'s file, such as "action.auto_create_index"'),
  ...Object.entries(NOT_THE_USERS_OF_ELASTICSEARCH).flatMap(([remedy, names]) => names.map(name => (
    refusedSetting(engine, name, 'x', `want nothing: the library owns it; ${remedy}`)))),
  refusedSetting(engine, 'cluster.routing.allocation.disk.threshold_enabled', 'False',
    'want anything but false; nothing stops the writes before the disk is full, and a full disk fails indexes'),
  refusedSetting(engine, 'monitor.fs.health.enabled', 'false', 'want anything but false; nobody notices a disk that no longer takes writes'),
  refusedSetting(engine, 'index.number_of_replicas', '0',
    'want a setting of the node; set it on the index or in an index template; the server does not start with it'),
  refusedSetting(engine, 'node.attr.zone', '${ZONE}', 'want a value without "${", which the server replaces by its environment'),
  refusedSetting(engine, 'xpack.ml.max_machine_memory_percent', 'half', 'want a whole number of percent, below 100'),
  refusedSetting(engine, 'node.attr.zone', 'a\nb: c', 'want one line of text'),
  refused({ engine, sizing: { connections: 100 } }, 'sizing.connections: got 100, want nothing: the server has no limit of connections; '
    + 'its thread pools have queues of their own (`thread_pool.*` in `settings`)'),
  refused({ engine: Elasticsearch.v9(withHeap(Size.mebibytes(127))) }, `engine.heap: got 127Mi, ${HEAP}`),
  refused({ engine: Elasticsearch.v9(withHeap(Size.gibibytes(32))), ...memory(Size.gibibytes(64)) }, `engine.heap: got 32Gi, ${HEAP}`),
  refused({ engine, ...memory(Size.mebibytes(1023)) }, 'resources.memory: got 1023Mi, want at least 1Gi'),
  refused({ engine, ...memory(Size.tebibytes(2)) }, 'resources.memory: got 2Ti, want at most 1Ti'),
  refused({ engine: Elasticsearch.v9(withHeap(Size.gibibytes(3))), ...memory(Size.gibibytes(4)) }, `resources.memory: got 4Gi, want at least 5178Mi, ${SUM}`),
];
