import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { checkSettings } from '../../../lib/engines/kafka/check';
import { LOG4J, serverProperties } from '../../../lib/engines/kafka/settings';
import { REQUEST } from './request';

const LOGIN = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
const TLS = { ...REQUEST, tls: true };

/** The settings of a file as java.util.Properties reads them; the last line of a name wins. */
function read(text: string): { [name: string]: string } {
  return Object.fromEntries(text.split('\n').filter(line => line !== '' && !line.startsWith('#')).map(line => {
    const [, name = '', value = ''] = /^([a-z0-9.-]+)=[ \t]*((?:[^\\]|\\.)*)$/.exec(line) ?? [];
    return [name, value.replace(/\\u([0-9a-f]{4})|\\(.)/g, (_all, code: string | undefined, other: string) => (
      code === undefined ? other : String.fromCharCode(parseInt(code, 16))))];
  }));
}

test('the whole file of the smallest database', () => {
  expect(read(serverProperties(REQUEST))).toEqual({
    'controller.listener.names': 'CONTROLLER', 'controller.quorum.voters': '1@127.0.0.1:9190', 'node.id': '1', 'process.roles': 'broker,controller',
    'config.providers': 'env', 'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    'config.providers.env.param.allowlist.pattern': 'ADVERTISED_HOST|LOG_FOLDER', 'log.dirs': '${env:LOG_FOLDER}',
    'listeners': 'CLIENT://:9092,CONTROLLER://127.0.0.1:9190,LOCAL://127.0.0.1:9191',
    'advertised.listeners': 'CLIENT://${env:ADVERTISED_HOST}:9092,LOCAL://127.0.0.1:9191',
    'listener.security.protocol.map': 'CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT,LOCAL:PLAINTEXT', 'inter.broker.listener.name': 'LOCAL',
    'listener.name.client.sasl.enabled.mechanisms': 'SCRAM-SHA-512', 'listener.name.client.scram-sha-512.sasl.jaas.config': LOGIN,
    'allow.everyone.if.no.acl.found': 'false', 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'default.replication.factor': '1', 'min.insync.replicas': '1', 'offsets.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1', 'share.coordinator.state.topic.replication.factor': '1',
    'transaction.state.log.min.isr': '1', 'transaction.state.log.replication.factor': '1',
    'log.cleaner.dedupe.buffer.size': '134217728', 'max.connections': '214', 'queued.max.request.bytes': '268435456', 'socket.request.max.bytes': '104857600',
    'num.io.threads': '4', 'num.network.threads': '2', 'num.recovery.threads.per.data.dir': '2', 'auto.create.topics.enable': 'false',
  });
});

test('only the listeners of the loopback are without a password', () => {
  for (const request of [REQUEST, TLS, { ...TLS, tlsRequired: true }]) {
    const settings = read(serverProperties(request));
    const protocols = new Map(settings['listener.security.protocol.map']?.split(',').map(each => each.split(':') as [string, string]));
    const listeners = settings.listeners?.split(',').map(each => /^([A-Z]+):\/\/([^:]*):/.exec(each)?.slice(1)) ?? [];
    expect(listeners.length).toBe(protocols.size);
    const open = listeners.filter(each => !protocols.get(each?.[0] ?? '')?.startsWith('SASL_'));
    expect(open).toEqual([['CONTROLLER', '127.0.0.1'], ['LOCAL', '127.0.0.1']]);
  }
});

test('with a certificate there is a listener with TLS, and only that one where it is required', () => {
  const both = read(serverProperties(TLS));
  expect(both.listeners).toBe('CLIENT://:9092,TLS://:9093,CONTROLLER://127.0.0.1:9190,LOCAL://127.0.0.1:9191');
  expect(both).toMatchObject({ 'listener.name.tls.ssl.keystore.location': '/run/kafka/server.pem', 'listener.name.tls.ssl.keystore.type': 'PEM' });
  const one = read(serverProperties({ ...TLS, tlsRequired: true }));
  expect(one['advertised.listeners']).toBe('TLS://${env:ADVERTISED_HOST}:9093,LOCAL://127.0.0.1:9191');
  expect(one['listener.security.protocol.map']).toBe('TLS:SASL_SSL,CONTROLLER:PLAINTEXT,LOCAL:PLAINTEXT');
});

test('a volume that grows changes no setting', () => {
  expect(serverProperties({ ...REQUEST, dataSize: Size.gibibytes(80) })).toBe(serverProperties(REQUEST));
});

test('what the user sets wins, and comes last', () => {
  const text = serverProperties({ ...REQUEST, settings: { 'num.io.threads': '32', 'auto.create.topics.enable': 'true' } });
  expect(text).toMatch(/\n# Set by the user\nauto\.create\.topics\.enable=true\nnum\.io\.threads=32\n$/);
  expect(text.match(/^num\.io\.threads/gm)).toHaveLength(1);
});

test('the server reads every value that is not refused as it was given', () => {
  let accepted = 0;
  fc.assert(fc.property(fc.fullUnicodeString({ maxLength: 20 }), value => {
    const request = { ...REQUEST, settings: { 'log.message.timestamp.type': value } };
    if (checkSettings(request).length > 0) { return; }
    accepted++;
    expect(read(serverProperties(request))['log.message.timestamp.type']).toBe(value);
  }), { seed: 1, numRuns: 1000 });
  expect(accepted).toBeGreaterThan(200);
});

test('the log goes to the output alone', () => {
  expect(LOG4J).toContain('target: SYSTEM_OUT');
  expect(LOG4J).not.toContain('fileName');
});
