import { Duration, Size } from 'cdk8s';
import { Cassandra, Cpu } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: Cassandra.v5(),
  image: imageOf('cassandra', 'docker.io/library/cassandra:5.0'),
  process: 'java',
  version: ['bash', '-c', 'echo "Cassandra $CASSANDRA_VERSION"'],
  durability: 'every acknowledged write is there: its log was on the disk before',
  cleanStop: /Cassandra shutdown complete/,
  exitCodes: [143],
  secretKeys: ['admin-password'],
  props: { resources: { memory: Size.mebibytes(1228), cpu: Cpu.millis(250) } },
  // Four seconds after a start the JVM still compiles what it runs, and on two busy cores that is most of what it does.
  leastRate: 20,
  // The data are made by a server of their own, so that the first start is two.
  readyWithin: Duration.minutes(8),
});
