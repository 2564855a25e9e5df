const ONE_BROKER = 'there is one broker, so it is 1';
const ADDRESSES = 'use `network` and `tls`';

/** Settings that the library owns, each with what to use instead. */
export const RESERVED: { readonly [name: string]: string } = {
  'advertised.listeners': ADDRESSES,
  'allow.everyone.if.no.acl.found': 'rights are given by access lists',
  'authorizer.class.name': 'rights are given by access lists',
  'broker.id': 'use `clusterId` of the engine; the only node is 1',
  'controller.listener.names': ADDRESSES,
  'controller.quorum.bootstrap.servers': 'the only node is its own controller',
  'controller.quorum.voters': 'the only node is its own controller',
  'default.replication.factor': ONE_BROKER,
  'inter.broker.listener.name': ADDRESSES,
  'listener.security.protocol.map': ADDRESSES,
  'listeners': ADDRESSES,
  'log.dir': 'its place is fixed',
  'log.dirs': 'its place is fixed',
  'max.connections': 'use `sizing.connections`',
  'metadata.log.dir': 'its place is fixed',
  'min.insync.replicas': ONE_BROKER,
  'node.id': 'use `clusterId` of the engine; the only node is 1',
  'offsets.topic.replication.factor': ONE_BROKER,
  'process.roles': 'the only node is broker and controller',
  'security.inter.broker.protocol': ADDRESSES,
  'share.coordinator.state.topic.min.isr': ONE_BROKER,
  'share.coordinator.state.topic.replication.factor': ONE_BROKER,
  'super.users': 'administer it from within the pod',
  'transaction.state.log.min.isr': ONE_BROKER,
  'transaction.state.log.replication.factor': ONE_BROKER,
};

/** Settings that the library owns by the beginning of their names. */
export const RESERVED_PREFIXES: { readonly [prefix: string]: string } = {
  'config.providers': 'write the settings here',
  'listener.name.': ADDRESSES,
  'sasl.': 'it is SCRAM-SHA-512, with the password of the Secret',
  'ssl.': 'use `tls`',
};

/** Settings that lose data, by the values that do so. */
export const UNSAFE: { readonly [name: string]: { readonly values: string[]; readonly effect: string } } = {
  'unclean.leader.election.enable': { values: ['true'], effect: 'a replica that lacks acknowledged records may become the leader' },
};

/** Sizes in bytes that the memory is divided by. */
export const SIZES = [
  'log.cleaner.dedupe.buffer.size', 'queued.max.request.bytes', 'socket.receive.buffer.bytes', 'socket.request.max.bytes', 'socket.send.buffer.bytes',
];
