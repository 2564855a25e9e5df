import { sortedEntries, StringMap } from '../../core/strings';
import type { Sizing } from './sizing';

/** A titled part of a settings file. */
export interface Group {
  readonly title: string;
  readonly settings: StringMap;
  /** Whether the user's own value counts instead. */
  readonly yields: boolean;
}

/** The port of the server. */
export const PORT = 9200;

/** The settings file of both servers: what is fixed, what is derived, and what the user set, which wins over what is derived. */
export function settingsYml(groups: Group[], own: StringMap): string {
  const remaining = groups.map(group => (group.yields ? { ...group, settings: without(group.settings, own) } : group));
  return [...remaining, { title: 'Set by the user', settings: own, yields: false }]
    .filter(group => Object.keys(group.settings).length > 0).map(text).join('\n');
}

/** What both servers are told in the same words. */
export function commonGroups(request: { readonly name: string; readonly cores: number }, home: string, data: string): Group[] {
  return [
    { title: 'Fixed: a single member, which makes a cluster of its own and talks to nobody else', yields: false, settings: {
      'cluster.name': request.name,
      'discovery.type': 'single-node',
      'http.host': '0.0.0.0',
      'http.port': `${PORT}`,
      'node.name': `${request.name}-0`,
      'path.data': data,
      'path.logs': `${home}/logs`,
      'transport.host': '127.0.0.1',
    } },
    { title: 'Derived from the processor: the thread pools, which else follow the node\'s', yields: true,
      settings: { 'node.processors': `${Math.ceil(request.cores)}` } },
    { title: 'Defaults', yields: true, settings: {
      'action.destructive_requires_name': 'true',
      // A node allows 65530 maps unless it was told otherwise; with too few of them the server ends.
      'node.store.allow_mmap': 'false',
    } },
  ];
}

/** Options of the JVM, which come after those of the image: its heap dumps and logs would fill the volume. */
export function jvmOptions(sizing: Sizing, home: string, prefix: string): string {
  return [
    `-Xms${sizing.heap}m`,
    `-Xmx${sizing.heap}m`,
    `-XX:MaxDirectMemorySize=${sizing.directMemory}m`,
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:-HeapDumpOnOutOfMemoryError',
    `-XX:ErrorFile=${home}/logs/hs_err_pid%p.log`,
    '-Xlog:disable',
    '-Xlog:all=warning:stderr:utctime,level,tags',
    `-D${prefix}.cgroups.hierarchy.override=/`,
  ].map(line => `${line}\n`).join('');
}

/** Everything goes to the container's standard output. */
export const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

// In quotes a value is only a value, and a name that ends with "key" is no secret to those who look for one; what JSON writes
// is YAML as well.
function text(group: Group): string {
  const lines = sortedEntries(group.settings).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `# ${group.title}\n${lines.join('\n')}\n`;
}
