import { Valkey } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: Valkey.v8(),
  image: imageOf('valkey', 'docker.io/valkey/valkey:8.1'),
  process: 'valkey-server',
  version: ['valkey-server', '--version'],
  durability: 'every acknowledged write is there: it was on the disk before',
  cleanStop: /Valkey is now ready to exit, bye bye\.\.\.\n?$/,
});
