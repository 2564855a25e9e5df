import { Kafka } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: Kafka.v4({ clusterId: 'MkU3OEVBNTcwNTJENDM2Qk' }),
  image: imageOf('kafka', 'docker.io/apache/kafka:4.1'),
  process: 'java',
  version: ['bash', '-c', 'cd /opt/kafka/libs && echo kafka-clients-*.jar'],
  durability: 'every acknowledged record is there: the page cache outlives the process',
  cleanStop: /\[BrokerServer id=1\] shut down completed[^]*App info kafka\.server for 1 unregistered [^\n]*\n?$/,
  recovery: /Attempting recovery for all logs/,
  exitCodes: [143],
});
