import { Nats } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: Nats.v2(),
  image: imageOf('nats', 'docker.io/library/nats:2'),
  process: 'nats-server',
  version: ['nats-server', '--version'],
  durability: 'every acknowledged message is there: it was on the disk before',
  cleanStop: /Server Exiting\.\.\n?$/,
});
