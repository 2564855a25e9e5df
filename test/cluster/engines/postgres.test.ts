import { Postgres } from 'cdk8s-stateful';
import { imageOf, proveEngine } from './suite';

proveEngine({
  engine: Postgres.v17(),
  image: imageOf('postgres', 'docker.io/library/postgres:17'),
  process: 'postgres',
  version: ['postgres', '--version'],
  durability: 'every acknowledged transaction is there: its log was on the disk before',
  cleanStop: /database system is shut down\n?$/,
  recovery: /automatic recovery in progress/,
});
