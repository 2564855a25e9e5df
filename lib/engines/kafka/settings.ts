import type { MemberRequest } from '../../core/member-request';
import { sortedEntries, StringMap } from '../../core/strings';
import { deriveSizing, RESERVED_CONNECTIONS } from './sizing';

/** A titled part of server.properties. */
interface Group {
  readonly title: string;
  readonly settings: StringMap;
}

/** Each port speaks one protocol, always the same: passwords without TLS, and with it. */
export const PORTS = { plain: 9092, tls: 9093 } as const;

/** Ports that are bound to the pod's own loopback: the quorum of one, and the broker for its companion, tools and itself. */
export const LOCAL_PORTS = { controller: 9190, broker: 9191 } as const;

/** Where start.sh composes the certificate, in memory. */
export const RUN_FOLDER = '/run/kafka';

const LOOPBACK = '127.0.0.1';
const LOGIN = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';

/** server.properties: what is fixed, what is derived, and what the user set, which wins over what is derived. */
export function serverProperties(request: MemberRequest): string {
  const derived = derivedGroups(request).map(group => ({ ...group, settings: without(group.settings, request.settings) }));
  return [...fixedGroups(request), ...derived, { title: 'Set by the user', settings: request.settings }]
    .filter(group => Object.keys(group.settings).length > 0).map(text).join('\n');
}

/** The server's log goes to the container's output, in lines of text. */
export const LOG4J = `Configuration:
  Appenders:
    Console:
      name: Console
      target: SYSTEM_OUT
      PatternLayout:
        pattern: '[%d] %p %m (%c)%n'
  Loggers:
    Root:
      level: INFO
      AppenderRef:
        ref: Console
    Logger:
      # It repeats every setting at every start and change.
      - name: org.apache.kafka.common.config.AbstractConfig
        level: WARN
      - name: kafka.server.KafkaConfig
        level: WARN
`;

function fixedGroups(request: MemberRequest): Group[] {
  return [
    { title: 'Fixed: one node, which is its own controller', settings: {
      'controller.listener.names': 'CONTROLLER',
      'controller.quorum.voters': `1@${LOOPBACK}:${LOCAL_PORTS.controller}`,
      'node.id': '1',
      'process.roles': 'broker,controller',
    } },
    { title: 'Fixed: files and addresses that start.sh knows', settings: {
      'config.providers': 'env',
      'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
      'config.providers.env.param.allowlist.pattern': 'ADVERTISED_HOST|LOG_FOLDER',
      'log.dirs': '${env:LOG_FOLDER}',
    } },
    { title: 'Fixed: who may connect, and how', settings: { ...listeners(request), ...rights() } },
    { title: 'Fixed: there is one broker', settings: {
      'default.replication.factor': '1',
      'min.insync.replicas': '1',
      'offsets.topic.replication.factor': '1',
      'share.coordinator.state.topic.min.isr': '1',
      'share.coordinator.state.topic.replication.factor': '1',
      'transaction.state.log.min.isr': '1',
      'transaction.state.log.replication.factor': '1',
    } },
  ];
}

function listeners(request: MemberRequest): StringMap {
  const clients = [
    ...(request.tlsRequired ? [] : [{ name: 'CLIENT', protocol: 'SASL_PLAINTEXT', port: PORTS.plain }]),
    ...(request.tls ? [{ name: 'TLS', protocol: 'SASL_SSL', port: PORTS.tls }] : []),
  ];
  const broker = `LOCAL://${LOOPBACK}:${LOCAL_PORTS.broker}`;
  const bound = clients.map(({ name, port }) => `${name}://:${port}`);
  const advertised = clients.map(({ name, port }) => `${name}://\${env:ADVERTISED_HOST}:${port}`);
  const login = clients.flatMap(({ name }) => {
    const prefix = `listener.name.${name.toLowerCase()}`;
    return [[`${prefix}.sasl.enabled.mechanisms`, 'SCRAM-SHA-512'], [`${prefix}.scram-sha-512.sasl.jaas.config`, LOGIN]] as const;
  });
  return {
    'advertised.listeners': [...advertised, broker].join(','),
    'inter.broker.listener.name': 'LOCAL',
    'listener.security.protocol.map': [...clients.map(({ name, protocol }) => `${name}:${protocol}`), 'CONTROLLER:PLAINTEXT', 'LOCAL:PLAINTEXT'].join(','),
    'listeners': [...bound, `CONTROLLER://${LOOPBACK}:${LOCAL_PORTS.controller}`, broker].join(','),
    ...Object.fromEntries(login),
    ...(request.tls ? { 'listener.name.tls.ssl.keystore.location': `${RUN_FOLDER}/server.pem`, 'listener.name.tls.ssl.keystore.type': 'PEM' } : {}),
  };
}

// Without a password there are only the two listeners of the loopback, which nothing outside the pod can reach.
function rights(): StringMap {
  return {
    'allow.everyone.if.no.acl.found': 'false',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  };
}

function derivedGroups(request: MemberRequest): Group[] {
  const sizing = deriveSizing(request);
  return [
    { title: 'Derived from the memory', settings: {
      'log.cleaner.dedupe.buffer.size': bytes(sizing.dedupeBuffer),
      'max.connections': `${sizing.connections + RESERVED_CONNECTIONS}`,
      'queued.max.request.bytes': bytes(sizing.queuedRequests),
      'socket.request.max.bytes': bytes(Math.min(sizing.queuedRequests, 100)),
    } },
    { title: 'Derived from the processor', settings: {
      'num.io.threads': `${sizing.ioThreads}`,
      'num.network.threads': `${sizing.networkThreads}`,
      'num.recovery.threads.per.data.dir': `${sizing.recoveryThreads}`,
    } },
    { title: 'Defaults', settings: { 'auto.create.topics.enable': 'false' } },
  ];
}

function bytes(mebibytes: number): string {
  return `${Math.floor(mebibytes * 1024 * 1024)}`;
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
