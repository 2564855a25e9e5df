import type { MemberRequest } from '../../core/member-request';
import { sortedEntries, StringMap } from '../../core/strings';
import type { ZooKeeperSpec } from './options';
import { deriveSizing } from './sizing';

/** A titled part of zoo.cfg. */
interface Group {
  readonly title: string;
  readonly settings: StringMap;
}

/** Each port speaks one protocol, always the same. */
export const PORTS = { plain: 2181, tls: 2281, metrics: 7000 } as const;

/** Where start.sh composes the login and the certificate, in memory. */
export const RUN_FOLDER = '/run/zookeeper';

/** Where the volumes are mounted. */
export const VOLUME_FOLDER = '/data';
export const LOG_VOLUME_FOLDER = '/datalog';

/** Snapshots, and the log of transactions on its own volume if there is one. */
export const DATA_FOLDER = `${VOLUME_FOLDER}/zookeeper`;
export function logFolder(request: MemberRequest): string {
  return `${request.walSize === undefined ? VOLUME_FOLDER : LOG_VOLUME_FOLDER}/zookeeper-log`;
}

/** zoo.cfg: what is fixed, what is derived, and what the user set, which wins over what is derived. */
export function zooCfg(request: MemberRequest, spec: ZooKeeperSpec): string {
  const derived = derivedGroups(request, spec).map(group => ({ ...group, settings: without(group.settings, request.settings) }));
  return [...fixedGroups(request, spec), ...derived, { title: 'Set by the user', settings: request.settings }]
    .filter(group => Object.keys(group.settings).length > 0).map(text).join('\n');
}

/** The server's log goes to the container's output. */
export const LOGBACK = `<configuration>
  <appender name="CONSOLE" class="ch.qos.logback.core.ConsoleAppender">
    <encoder>
      <pattern>%d{ISO8601} [myid:%X{myid}] - %-5p [%t:%C{1}@%L] - %m%n</pattern>
    </encoder>
  </appender>
  <root level="INFO">
    <appender-ref ref="CONSOLE" />
  </root>
</configuration>
`;

function fixedGroups(request: MemberRequest, spec: ZooKeeperSpec): Group[] {
  return [
    { title: 'Fixed: files', settings: { dataDir: DATA_FOLDER, dataLogDir: logFolder(request) } },
    { title: 'Fixed: addresses', settings: addresses(request) },
    { title: 'Fixed: nobody without the password', settings: {
      'authProvider.sasl': 'org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
      'enforce.auth.enabled': 'true',
      'enforce.auth.schemes': 'sasl',
      // These two need no password, and tell nothing of the data.
      '4lw.commands.whitelist': 'ruok,srvr',
      'admin.enableServer': 'false',
    } },
    { title: 'Fixed: figures', settings: spec.metrics ? {
      'metricsProvider.className': 'org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider',
      'metricsProvider.httpPort': `${PORTS.metrics}`,
    } : {} },
  ];
}

// The probes ask on the port without TLS, which is bound to the pod alone where clients have to use TLS.
function addresses(request: MemberRequest): StringMap {
  return {
    clientPort: `${PORTS.plain}`,
    ...(request.tlsRequired ? { clientPortAddress: '127.0.0.1' } : {}),
    ...(request.tls ? {
      'client.certReload': 'true',
      'secureClientPort': `${PORTS.tls}`,
      'serverCnxnFactory': 'org.apache.zookeeper.server.NettyServerCnxnFactory',
      'ssl.clientAuth': 'none',
      'ssl.keyStore.location': `${RUN_FOLDER}/server.pem`,
      'ssl.keyStore.type': 'PEM',
    } : {}),
  };
}

function derivedGroups(request: MemberRequest, spec: ZooKeeperSpec): Group[] {
  const { connections } = deriveSizing(request, spec.maxBuffer);
  return [
    // All may come from one address: behind a proxy, or from one node.
    { title: 'Derived from the memory', settings: { maxClientCnxns: '0', maxCnxns: `${connections}` } },
    { title: 'Defaults', settings: {
      'autopurge.purgeInterval': '1',
      'autopurge.snapRetainCount': '3',
      'forceSync': 'yes',
      'tickTime': '2000',
    } },
  ];
}

function without(settings: StringMap, names: StringMap): StringMap {
  return Object.fromEntries(sortedEntries(settings).filter(([name]) => names[name] === undefined));
}

function text(group: Group): string {
  return `# ${group.title}\n${sortedEntries(group.settings).map(([name, value]) => `${name}=${literal(value)}\n`).join('')}`;
}

// A properties file is Latin-1, with a backslash before what is not itself; space before a value is skipped.
function literal(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/^[ \t]/, '\\$&')
    .replace(/[^\x20-\x7e\t]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
