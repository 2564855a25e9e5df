import { Redis } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: Redis.v8(),
  image: imageOf('redis', 'docker.io/library/redis:8.0'),
  process: 'redis-server',
  version: ['redis-server', '--version'],
  durability: 'every acknowledged write is there: it was on the disk before',
  cleanStop: /Redis is now ready to exit, bye bye\.\.\.\n?$/,
});
