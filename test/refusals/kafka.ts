import { Size } from 'cdk8s';
import { Cpu, Kafka } from '../../lib';
import { OPTIONS } from '../engines/kafka/sample';
import { Refused, refused } from './database';

const KAFKA = { engine: Kafka.v4(OPTIONS) };
const ID = 'want 22 letters, digits, "_" and "-", not beginning with "-"; `kafka-storage.sh random-uuid` prints one';

function settings(name: string, value: string, rest: string): Refused {
  return refused({ ...KAFKA, settings: { [name]: value } }, `settings.${name}: got "${value}", ${rest}`);
}

/** The settings that are not the user's to set, by what to do instead. */
export const NOT_THE_USERS: { readonly [remedy: string]: readonly string[] } = {
  'use `network` and `tls`': [
    'advertised.listeners', 'controller.listener.names', 'inter.broker.listener.name', 'listener.security.protocol.map', 'listeners', 'security.inter.broker.protocol',
    'listener.name.client.sasl.enabled.mechanisms'],
  'rights are given by access lists': ['allow.everyone.if.no.acl.found', 'authorizer.class.name'],
  'use `clusterId` of the engine; the only node is 1': ['broker.id', 'node.id'],
  'the only node is its own controller': ['controller.quorum.bootstrap.servers', 'controller.quorum.voters'],
  'there is one broker, so it is 1': [
    'default.replication.factor', 'min.insync.replicas', 'offsets.topic.replication.factor', 'share.coordinator.state.topic.min.isr',
    'share.coordinator.state.topic.replication.factor', 'transaction.state.log.min.isr', 'transaction.state.log.replication.factor'],
  'its place is fixed': ['log.dir', 'log.dirs', 'metadata.log.dir'],
  'use `sizing.connections`': ['max.connections'],
  'the only node is broker and controller': ['process.roles'],
  'administer it from within the pod': ['super.users'],
  'write the settings here': ['config.providers', 'config.providers.file.class'],
  'it is SCRAM-SHA-512, with the password of the Secret': ['sasl.enabled.mechanisms', 'sasl.jaas.config'],
  'use `tls`': ['ssl.keystore.location', 'ssl.client.auth'],
};

/** The refusals of Kafka, in the order in which it checks. */
export const REFUSED: readonly Refused[] = [
  refused({ engine: Kafka.of('3.9', OPTIONS) }, 'engine: got Kafka.of("3.9"), want 4, or a patch release of them, such as "4.3.1"'),
  ...['', 'short', '-kU3OEVBNTcwNTJENDM2Qk', 'MkU3OEVBNTcwNTJENDM2Q=', 'MkU3OEVBNTcwNTJENDM2Qkk'].map(clusterId => (
    refused({ engine: Kafka.v4({ clusterId }) }, `engine.clusterId: got "${clusterId}", ${ID}`))),
  refused({ engine: Kafka.v4({ clusterId: '5L6g3nShT-eMCtK--X86sw' }) },
    'engine.clusterId: got "5L6g3nShT-eMCtK--X86sw", want an id of its own: this is the constant of the image; `kafka-storage.sh random-uuid` prints one'),
  refused({ ...KAFKA, storage: { size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } } },
    'storage.wal: got 1Gi, want no volume of its own for the log: kafka keeps it beside the data'),
  refused({ ...KAFKA, settings: { 'Log.Dirs': '/x' } }, 'settings."Log.Dirs": got this name, want the name of a setting of the broker, such as "log.retention.hours"'),
  ...Object.entries(NOT_THE_USERS).flatMap(([remedy, names]) => names.map(name => settings(name, 'x', `want nothing: the library owns it; ${remedy}`))),
  settings('unclean.leader.election.enable', 'true', 'want anything but true; a replica that lacks acknowledged records may become the leader'),
  ...['0', '-1', '64MB'].map(value => settings('queued.max.request.bytes', value, 'want a number of bytes, at least 1000')),
  settings('log.retention.hours', '${env:HOME}', 'want a value without "${"'),
  refused({ ...KAFKA, resources: { memory: Size.mebibytes(767), cpu: Cpu.units(1) } }, 'resources.memory: got 767Mi, want at least 768Mi'),
  refused({ ...KAFKA, resources: { memory: Size.tebibytes(17), cpu: Cpu.units(1) } }, 'resources.memory: got 17Ti, want at most 16Ti'),
  refused({ ...KAFKA, sizing: { connections: 4 } }, 'sizing.connections: got 4, want a whole number from 5 to 100000'),
];
